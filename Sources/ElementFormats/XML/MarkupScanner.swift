import ElementCore

/// Cuts well-formed XML into tags and what stands between them, without changing a byte: what is not to be altered is copied as it is.
///
/// It trusts the XML, which its reader has parsed before.
struct MarkupScanner {
  /// What a piece is.
  enum Kind {
    /// A start tag.
    case start
    /// The tag of an element without content.
    case element
    /// An end tag.
    case end
    /// Text, a comment, a declaration.
    case other
  }

  /// A piece of the window.
  struct Piece {
    /// What it is.
    let kind: Kind
    /// From its first to its last byte in the window.
    let range: Range<Int>
    /// The name in a tag, without its prefix; empty for what is no tag.
    let name: Range<Int>
    /// The prefix of the name with its colon; empty for none.
    let prefix: Range<Int>

    /// Whether an element begins.
    var isStart: Bool { kind == .start || kind == .element }
  }

  /// What pieces are ranges of, until more is fed.
  private(set) var window: [UInt8] = []
  private var place = 0

  /// Adds bytes; pieces that were handed out before end here.
  mutating func feed(_ bytes: [UInt8]) {
    if place > 0 {
      window.removeFirst(place)
      place = 0
    }
    window.append(contentsOf: bytes)
  }

  /// The next piece; nil where the rest is to be fed first.
  mutating func next() -> Piece? {
    guard let piece = MarkupScanner.piece(window.span, place) else { return nil }
    place = piece.range.upperBound
    return piece
  }

  private static func piece(_ bytes: Span<UInt8>, _ place: Int) -> Piece? {
    guard place < bytes.count else { return nil }
    guard bytes[place] == 0x3C else { return other(place, bytes.firstIndex(of: 0x3C, from: place) ?? bytes.count) }
    guard place + 1 < bytes.count else { return nil }
    let rest = bytes.extracting(place..<bytes.count)
    switch bytes[place + 1] {
    case 0x21 where rest.starts(with: comment.begin): return end(bytes, place, comment.end).flatMap { other(place, $0) }
    case 0x21 where rest.starts(with: section.begin): return end(bytes, place, section.end).flatMap { other(place, $0) }
    case 0x21 where rest.count < section.begin.count: return nil
    case 0x3F: return end(bytes, place, [0x3F, 0x3E]).flatMap { other(place, $0) }
    default: return tag(bytes, place)
    }
  }

  private static let comment = (begin: Array("<!--".utf8), end: Array("-->".utf8))
  private static let section = (begin: Array("<![CDATA[".utf8), end: Array("]]>".utf8))

  /// The place behind a mark; nil where it has not come.
  private static func end(_ bytes: Span<UInt8>, _ place: Int, _ mark: [UInt8]) -> Int? {
    var found = place
    while let at = bytes.firstIndex(of: mark[0], from: found), at + mark.count <= bytes.count {
      if bytes.extracting(at..<at + mark.count).starts(with: mark) { return at + mark.count }
      found = at + 1
    }
    return nil
  }

  private static func other(_ place: Int, _ end: Int) -> Piece {
    Piece(kind: .other, range: place..<end, name: place..<place, prefix: place..<place)
  }

  private static func tag(_ bytes: Span<UInt8>, _ place: Int) -> Piece? {
    var index = place + 1
    var quote: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        break
      }
      index += 1
    }
    guard index < bytes.count else { return nil }
    let isEnd = bytes[place + 1] == 0x2F
    let kind: Kind = isEnd ? .end : bytes[index - 1] == 0x2F ? .element : .start
    let first = place + (isEnd ? 2 : 1)
    var last = first
    var local = first
    while last < index, !endsName(bytes[last]) {
      if bytes[last] == 0x3A { local = last + 1 }
      last += 1
    }
    return Piece(kind: kind, range: place..<index + 1, name: local..<last, prefix: first..<local)
  }

  private static func endsName(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x2F || byte == 0x3E }

  /// Whether a piece is a tag of a name.
  func isNamed(_ piece: Piece, _ name: [UInt8]) -> Bool { window.span.extracting(piece.name).equals(name.span) }

  /// What stands at some places of the window.
  func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { window[range] }

  /// Where the value of an attribute of a start tag stands, without its quotes; nil where it has none. The name is without a prefix, or
  /// with the one that it is written with.
  func value(of attribute: [UInt8], _ piece: Piece) -> Range<Int>? {
    MarkupScanner.value(of: attribute, in: window.span, piece.name.upperBound..<piece.range.upperBound)
  }

  /// The same inside any tag.
  static func value(of attribute: [UInt8], in bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    var index = range.lowerBound
    while index < range.upperBound {
      while index < range.upperBound, bytes[index] <= 0x20 { index += 1 }
      let start = index
      while index < range.upperBound, bytes[index] != 0x3D, bytes[index] > 0x20, bytes[index] != 0x3E { index += 1 }
      let name = start..<index
      while index < range.upperBound, bytes[index] != 0x22, bytes[index] != 0x27 { index += 1 }
      guard index < range.upperBound, let end = bytes.firstIndex(of: bytes[index], from: index + 1) else { return nil }
      if bytes.extracting(name).equals(attribute.span) { return index + 1..<end }
      index = end + 1
    }
    return nil
  }

  /// A tag with an attribute set to a value, be it there before or not.
  static func setting(_ attribute: String, _ value: String, in tag: ArraySlice<UInt8>) -> [UInt8] {
    var out = Array(tag)
    let name = Array(attribute.utf8)
    var from = 1
    while from < out.count, !endsName(out[from]) { from += 1 }
    if let range = MarkupScanner.value(of: name, in: out.span, from..<out.count) {
      out.replaceSubrange(range, with: value.utf8)
    } else {
      out.insert(contentsOf: Array(" \(attribute)=\"\(value)\"".utf8), at: from)
    }
    return out
  }
}
