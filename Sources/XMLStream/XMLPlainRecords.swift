import ElementCore

/// Takes records that are nothing but elements with text, as most are, as libxml2 would, and many times faster.
///
/// Where libxml2 stands between two records, the next one is plain if its tags are tags that libxml2 met before in records of
/// the same parent, without attributes, and its texts have no markup and no character that XML replaces or refuses. What such
/// a record comes to depends on nothing outside of it, so libxml2 need not see it.
struct XMLPlainRecords {
  /// A name as it stands in tags, with its prefix.
  private struct Name {
    /// Where it stands among the bytes of all names.
    let range: FieldRange
    /// The number of the name without its prefix.
    let id: Int32
  }

  /// Where a record begins or ends in the document.
  struct Place {
    /// The offset, from 0.
    var byte: Int
    /// The line, from 1.
    var line: Int
  }

  /// The bytes of all names, one behind the other.
  private var names: [UInt8] = []
  /// The element of a record; nil where none was met in this parent.
  private var record: Name?
  /// The elements in records, in the order in which they were met.
  private var values: [Name] = []
  /// Whether the record that libxml2 is in declares prefixes, which others need not do.
  private var isDeclaring = false
  /// The element that is expected next, by its place among `values`.
  private var expected = 0
  /// So many are kept; more is no roster.
  private static let nameLimit = 256
  /// How many bytes libxml2 gets before it is to stand between records again: more, the less often the next one is plain.
  private var lag = 0
  private static let lagLimit = 7_000

  /// Learns the name of a record that libxml2 met, and whether its tag declares namespaces.
  mutating func learn(record bytes: [UInt8], _ id: Int32, isDeclaring: Bool) {
    self.isDeclaring = isDeclaring
    if isDeclaring || record.map({ isName($0, bytes) }) == true { return }
    if record != nil { forget() }
    record = added(bytes, id)
  }

  /// Learns the name of an element in the record that libxml2 is in.
  mutating func learn(value bytes: [UInt8], _ id: Int32) {
    guard !isDeclaring, values.count < Self.nameLimit, !values.contains(where: { isName($0, bytes) }) else { return }
    values.append(added(bytes, id))
  }

  private func isName(_ name: Name, _ bytes: [UInt8]) -> Bool { names[name.range.indices].elementsEqual(bytes) }

  private mutating func added(_ bytes: [UInt8], _ id: Int32) -> Name {
    names += bytes
    return Name(range: FieldRange(names.count - bytes.count, names.count), id: id)
  }

  /// Forgets all names: another parent may give their prefixes another meaning.
  mutating func forget() {
    record = nil
    names.removeAll()
    values.removeAll()
    expected = 0
  }

  /// Takes the plain records that stand whole in a piece from `start` (from 0) on, which is at `place` of the document, and
  /// returns where it stopped; `place` is there then.
  mutating func take(_ bytes: Span<UInt8>, from start: Int, at place: inout Place, into piece: inout XMLPiece) -> Int {
    guard let record else { return start }
    var index = start
    while let end = take(record, bytes, from: index, at: &place, into: &piece) { index = end }
    lag = index > start ? 0 : min(lag * 2 + 500, Self.lagLimit)
    return index
  }

  /// The end of the first record that ends well behind `start` and at `limit` at most; nil where none does.
  func recordEnd(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Int? {
    guard let record else { return nil }
    var index = start + lag
    while let tag = bytes.firstIndex(of: 0x3C, from: index), tag < limit {
      let end = tag + record.range.count + 3
      if isTag(record, bytes, at: tag, closing: true) { return end <= limit ? end : nil }
      index = tag + 1
    }
    return nil
  }

  /// Takes one record and the white space before it, and returns where it ends; nil, and nothing is taken, where it is not plain.
  private mutating func take(
    _ record: Name, _ bytes: Span<UInt8>, from start: Int, at place: inout Place, into piece: inout XMLPiece
  ) -> Int? {
    var (index, line) = (start, place.line)
    Self.skipSpace(bytes, &index, &line)
    guard isTag(record, bytes, at: index, closing: false) else { return nil }
    let (first, base) = (piece.events.count, piece.bytes.count - index)
    var event = XMLEvent(kind: .start, name: record.id)
    (event.line, event.byte) = (UInt32(truncatingIfNeeded: line), place.byte + index - start)
    piece.events.append(event)
    let begin = index
    index += record.range.count + 2
    while takeValue(bytes, &index, &line, base, &piece.events) {}
    guard isTag(record, bytes, at: index, closing: true), piece.events.count > first + 1 else {
      piece.events.removeLast(piece.events.count - first)
      return nil
    }
    index += record.range.count + 3
    let whole = bytes.extracting(begin..<index)
    guard UTF8Scan.isValid(whole) else {
      piece.events.removeLast(piece.events.count - first)
      return nil
    }
    piece.bytes.append(span: whole)
    place = Place(byte: place.byte + index - start, line: line)
    event = XMLEvent(kind: .end, name: record.id)
    event.end = place.byte
    piece.events.append(event)
    return index
  }

  /// Takes an element with text, or without, and the white space before and behind it; false where none stands at `index`.
  private mutating func takeValue(
    _ bytes: Span<UInt8>, _ index: inout Int, _ line: inout Int, _ base: Int, _ events: inout [XMLEvent]
  ) -> Bool {
    Self.skipSpace(bytes, &index, &line)
    guard let place = value(bytes, at: index) else { return false }
    let count = values[place].range.count
    var event = XMLEvent(kind: .element, name: values[place].id)
    let start = index + count + 2
    if bytes[start - 1] == 0x2F {
      // `<name/>`
      guard start < bytes.count, bytes[start] == 0x3E else { return false }
      index = start + 1
    } else {
      guard let end = Self.textEnd(bytes, from: start, &line),
        isTag(values[place], bytes, at: end, closing: true)
      else { return false }
      if end > start { event.text = FieldRange(base + start, base + end) }
      index = end + count + 3
    }
    events.append(event)
    expected = place + 1 == values.count ? 0 : place + 1
    return true
  }

  /// The element among `values` whose start tag stands at `index`: mostly that behind the last one.
  private func value(_ bytes: Span<UInt8>, at index: Int) -> Int? {
    guard index + 2 < bytes.count, bytes[index] == 0x3C, bytes[index + 1] != 0x2F else { return nil }
    for step in values.indices {
      let place = expected + step < values.count ? expected + step : expected + step - values.count
      let end = index + 1 + values[place].range.count
      guard end < bytes.count, bytes[end] == 0x3E || bytes[end] == 0x2F else { continue }
      if bytes.extracting(index + 1..<end).equals(names.span.extracting(values[place].range.indices)) { return place }
    }
    return nil
  }

  /// Whether a tag without attributes stands at `index`.
  private func isTag(_ name: Name, _ bytes: Span<UInt8>, at index: Int, closing: Bool) -> Bool {
    let start = index + (closing ? 2 : 1)
    let end = start + name.range.count
    return end < bytes.count && bytes[index] == 0x3C && bytes[end] == 0x3E && (!closing || bytes[start - 1] == 0x2F)
      && bytes.extracting(start..<end).equals(names.span.extracting(name.range.indices))
  }

  /// Moves over white space beside elements (XML 1.0, 2.3), and counts its line feeds.
  private static func skipSpace(_ bytes: Span<UInt8>, _ index: inout Int, _ line: inout Int) {
    while index < bytes.count, bytes[index] <= 0x20 {
      switch bytes[index] {
      case 0x0A: line += 1
      case 0x20, 0x09, 0x0D: break
      default: return
      }
      index += 1
    }
  }

  /// The `<` behind a text without markup and without a character that XML replaces (CR) or refuses (2.2); nil where it is another one.
  private static func textEnd(_ bytes: Span<UInt8>, from start: Int, _ line: inout Int) -> Int? {
    var index = start
    while true {
      while index + 8 <= bytes.count {
        let word = ByteWord(bytes.word(at: index))
        let hits = word.equal(0x3C) | word.equal(0x26) | word.equal(0x5D) | word.equal(0xEF) | word.below(0x20)
        if hits != 0 {
          index += hits.trailingZeroBitCount >> 3
          break
        }
        index += 8
      }
      guard index < bytes.count else { return nil }
      switch bytes[index] {
      case 0x3C: return index
      case 0x0A: line += 1
      case 0x26, 0x00..<0x09, 0x0B..<0x20: return nil
      // `]]>` must not stand in a text.
      case 0x5D where index + 2 < bytes.count && bytes[index + 1] != 0x5D: break
      // U+FFFE and U+FFFF are no characters.
      case 0xEF where index + 2 < bytes.count && (bytes[index + 1] != 0xBF || bytes[index + 2] < 0xBE): break
      case 0x5D, 0xEF: return nil
      default: break
      }
      index += 1
    }
  }
}
