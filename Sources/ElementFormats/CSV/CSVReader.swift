package import ElementCore

/// Reads a delimited file into batches of records, in order, with memory that does not grow with the file.
package struct CSVReader: RecordSource {
  /// The number of bytes that a batch is made of, unless a record is longer.
  package static let chunkSize = 1 << 17

  private let file: InputFile
  private let columnCount: Int?
  private var plain: PlainRecords?
  private var tokenizer: CSVTokenizer
  private var next: RecordStart
  private var carry: [UInt8] = []
  /// Whether what was left holds no whole record.
  private var isStuck = false
  private var chunkSize: Int
  private var batches = 0
  /// How much the last batch held: the next will hold about as much.
  private var (lastFields, lastRecords) = (0, 0)
  /// The number of lines that the quote of the record just cut off had swallowed.
  private var swallowedLines = 0
  /// A quote that is open at a line end before this place is known to fit nowhere; so many lines it is looked for.
  private var hopeless = (byte: 0, line: 0)
  /// Whether the window starts inside a line that is longer than any record may be.
  private var isSkipping = false
  /// Lines without content so far.
  package private(set) var blankLines = 0
  private var tallies: [SourceNote.Kind: (count: Int, line: Int)] = [:]
  /// What stood before the record that was taken last: its line, the row before it, and what was counted; and the length of its mark.
  private var before = (line: 1, row: 0, blankLines: 0, tallies: [SourceNote.Kind: (count: Int, line: Int)](), mark: 0)
  /// Whether the last record of the batch before has fewer fields than there are columns.
  private var lastIsShort = false

  /// A reader of `file` from `start`; records with another number of fields than `columnCount` are flagged.
  package init(
    _ file: InputFile, _ dialect: CSVDialect, from start: RecordStart, columnCount: Int?, chunkSize: Int = CSVReader.chunkSize
  ) {
    self.file = file
    self.columnCount = columnCount
    plain = PlainRecords(dialect, columnCount: columnCount)
    tokenizer = CSVTokenizer(dialect)
    next = start
    self.chunkSize = chunkSize
  }

  /// The next batch; nil at the end of the file.
  ///
  /// - Throws: `InputError` where the file cannot be read.
  package mutating func nextBatch() throws(InputError) -> RecordBatch? {
    while true {
      let (window, atEnd) = try fill()
      if window.isEmpty { return nil }
      var batch = RecordBatch(bytes: window, byteBase: next.byte)
      batch.ordinal = batches
      batch.fields.reserveCapacity(lastFields + lastFields / 8)
      batch.spots.reserveCapacity(lastRecords + lastRecords / 8)
      batch.followsShort = lastIsShort
      let used = holdBack(tokenize(window, atEnd, &batch), atEnd, &batch)
      (lastFields, lastRecords) = (batch.fields.count, batch.count)
      carry = Array(window[used...])
      isStuck = used == 0
      next.byte += used
      if batch.count > 0 {
        batches += 1
        return batch
      }
      if atEnd, used == window.count { return nil }
    }
  }

  /// What is to be said of the file as a whole.
  package var notes: [SourceNote] {
    SourceNote.Kind.allCases.compactMap { kind in
      tallies[kind].map { SourceNote(kind, count: $0.count, line: $0.line, place: "") }
    }
  }

  private mutating func note(_ kind: SourceNote.Kind, count: Int = 1) {
    let first = tallies[kind] ?? (0, next.line)
    tallies[kind] = (first.count + count, first.line)
  }

  /// Leaves the record at the end of a batch for the next one: what follows a record tells whether a line break parted it.
  private mutating func holdBack(_ used: Int, _ atEnd: Bool, _ batch: inout RecordBatch) -> Int {
    guard let last = batch.spots.last else { return used }
    lastIsShort = isShort(last)
    let isOver = atEnd && used == batch.bytes.count || batch.count == 1 && batch.bytes.count > tokenizer.dialect.recordLimit
    guard last.flags.isEmpty, columnCount != nil, !isOver else { return used }
    batch.follower = last
    batch.spots.removeLast()
    (next.line, next.row, blankLines, tallies) = (before.line, before.row, before.blankLines, before.tallies)
    lastIsShort = batch.spots.last.map(isShort) ?? batch.followsShort
    return Int(last.byteStart) - batch.byteBase - before.mark
  }

  private func isShort(_ spot: RecordSpot) -> Bool { columnCount.map { spot.fieldCount < $0 && spot.flags.isEmpty } ?? false }

  /// What was left of the last window and the next bytes of the file; a window without a whole record grows.
  private mutating func fill() throws(InputError) -> (window: [UInt8], atEnd: Bool) {
    let have = carry.count
    let want = isStuck ? have + chunkSize : max(have, chunkSize)
    // Room behind the window is for values that change.
    let window = try file.window(keeping: carry, count: want - have, at: next.byte + have)
    carry = []
    let atEnd = if window.count < want { true } else { try file.ends(at: next.byte + window.count) }
    return (window, atEnd)
  }

  /// Tokenizes the window and returns how much of it was used.
  private mutating func tokenize(_ window: [UInt8], _ atEnd: Bool, _ batch: inout RecordBatch) -> Int {
    let bytes = window.span
    tokenizer.position = 0
    if isSkipping {
      let line = CSVReader.lineEnd(bytes, from: 0)
      tokenizer.position = line.next
      isSkipping = line.end == bytes.count && !atEnd
      if isSkipping { return bytes.count }
      next.line += 1
    }
    tokenizer.hopelessBefore = hopeless.byte - next.byte
    // Beyond its columns a record with line ends in it is asked about once.
    var isAsked = false
    while true {
      tokenizer.doubtfulWidth = columnCount.map { isAsked ? .max : $0 }
      if plain != nil, !isAsked { takePlain(bytes, &batch) }
      if batch.count >= RecordBatch.mostRecords, !isAsked { return tokenizer.position }
      switch tokenizer.next(in: bytes, atEnd: atEnd) {
      case .end:
        return bytes.count
      case .blank:
        blankLines += 1
        next.line += 1 + tokenizer.innerLines
      case .needsMore:
        let start = tokenizer.recordStart
        if bytes.count - start <= tokenizer.dialect.recordLimit { return start }
        giveUp(before: start + tokenizer.dialect.recordLimit)
        let cut = resynchronise(bytes, atEnd, extra: .tooLong)
        isSkipping = cut.recordEnd == bytes.count
        take(bytes, cut, &batch)
        if isSkipping {
          next.line -= 1
          return bytes.count
        }
      case .doubtful:
        if !tokenizer.isHopeless, !tokenizer.flags.contains(.textAfterQuote) {
          let (start, fits) = (tokenizer.recordStart, nextLineFits(bytes, atEnd))
          // Where the next line has not come, more must, unless the record is beyond its limit.
          if fits == nil, bytes.count - start <= tokenizer.dialect.recordLimit { return start }
          if fits != true {
            tokenizer.position = start
            isAsked = true
            continue
          }
        }
        if tokenizer.flags.contains(.textAfterQuote) { giveUp(before: tokenizer.doubt) }
        take(bytes, resynchronise(bytes, atEnd, extra: []), &batch)
      case .record:
        if tokenizer.flags.contains(.unterminatedQuote) { giveUp(before: bytes.count) }
        take(bytes, mustResynchronise(bytes, atEnd) ? resynchronise(bytes, atEnd, extra: []) : tokenizer, &batch)
      }
      isAsked = false
    }
  }

  /// Takes the plain records that come next, all at once.
  private mutating func takePlain(_ bytes: Span<UInt8>, _ batch: inout RecordBatch) {
    let count = batch.count
    tokenizer.position = plain?.take(bytes, from: tokenizer.position, &batch, &next) ?? 0
    guard batch.count > count, let last = batch.spots.last else { return }
    before = (Int(last.line), Int(last.row) - 1, blankLines, tallies, 0)
  }

  /// Remembers that the quotes of the record at hand fit nowhere before a place of the window: what begins behind it and is in
  /// quotes at the same line ends comes to the same.
  private mutating func giveUp(before place: Int) {
    hopeless = (next.byte + place, next.line + tokenizer.innerLines)
    tokenizer.hopelessBefore = place
  }

  /// Whether the line behind the first one of the record at hand is a record by itself, as wide as the header; nil where the
  /// window ends before it does.
  private func nextLineFits(_ bytes: Span<UInt8>, _ atEnd: Bool) -> Bool? {
    var probe = CSVTokenizer(tokenizer.dialect)
    probe.position = CSVReader.lineEnd(bytes, from: tokenizer.recordStart).next
    // One with a line end in it is more than a line.
    probe.hopelessBefore = .max
    switch probe.next(in: bytes, atEnd: atEnd) {
    case .needsMore: return nil
    case .record: return probe.fields.count == columnCount
    default: return false
    }
  }

  /// Whether the record's quotes swallowed lines of their own: an unterminated quote, or one that a later row closed.
  private func mustResynchronise(_ bytes: Span<UInt8>, _ atEnd: Bool) -> Bool {
    if tokenizer.flags.contains(.unterminatedQuote) { return true }
    guard tokenizer.innerLines > 0, let columnCount else { return false }
    return tokenizer.fields.count != columnCount && nextLineFits(bytes, atEnd) == true
  }

  /// Cuts the record off at the end of its first line and goes on with the line below; nothing below is lost.
  private mutating func resynchronise(_ bytes: Span<UInt8>, _ atEnd: Bool, extra: RecordFlags) -> CSVTokenizer {
    let start = tokenizer.recordStart
    let hasQuote = extra.isEmpty || tokenizer.innerLines > 0
    let line = CSVReader.lineEnd(bytes, from: start)
    tokenizer.position = line.next
    swallowedLines = !hasQuote ? 0 : tokenizer.isHopeless ? max(1, hopeless.line - next.line) : tokenizer.innerLines
    return CSVTokenizer(tokenizer.dialect, whole: start..<line.end, hasQuote ? .unterminatedQuote : extra)
  }

  /// The end of the physical line and the start of the next one.
  private static func lineEnd(_ bytes: Span<UInt8>, from start: Int) -> (end: Int, next: Int) {
    var index = start
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    if index == bytes.count { return (index, index) }
    let isCRLF = bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
    return (index, index + (isCRLF ? 2 : 1))
  }

  private mutating func take(_ bytes: Span<UInt8>, _ found: CSVTokenizer, _ batch: inout RecordBatch) {
    before = (next.line, next.row, blankLines, tallies, found.hasMark ? found.recordStart - found.lineStart : 0)
    if found.spacedQuotes > 0 { note(.spacedQuotes, count: found.spacedQuotes) }
    if found.hasMark { note(.marks) }
    var flags = found.flags
    if isRagged(found, bytes) { flags.insert(.ragged) }
    if found.recordEnd - found.recordStart > found.dialect.recordLimit { flags.insert(.tooLong) }
    next.row += 1
    batch.append(found, row: next.row, line: next.line, flags: flags)
    batch.spots[batch.count - 1].swallowedLines = UInt32(swallowedLines)
    swallowedLines = 0
    next.line += 1 + found.innerLines
  }

  /// Whether a record has fields beyond its columns that say something, or fewer and no line end behind it: it may be cut.
  private func isRagged(_ found: CSVTokenizer, _ bytes: Span<UInt8>) -> Bool {
    guard let columnCount, found.fields.count != columnCount, !found.flags.contains(.unterminatedQuote) else { return false }
    if found.fields.count < columnCount { return found.recordEnd == bytes.count }
    return found.fields[columnCount...].contains { field in !bytes.extracting(field.indices).isBlank }
  }
}

extension Span<UInt8> {
  /// Whether there is nothing but blanks and tabs.
  var isBlank: Bool {
    for index in indices where self[index] != 0x20 && self[index] != 0x09 { return false }
    return true
  }
}
