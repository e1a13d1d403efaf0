package import ElementCore

/// Reads the objects of a JSON array, or of lines with one object each (NDJSON), as records: a member is a column.
package struct JSONRecordReader: RecordSource {
  /// How the records follow each other.
  package enum Sequence: Sendable, Hashable {
    /// One object a line.
    case lines
    /// The elements of an array that lies in objects, as the members of these names, the outermost first.
    case array(within: [[UInt8]])
  }

  private let file: InputFile
  private let sequence: Sequence
  private let limits: CSVDialect
  /// How deep values may be nested.
  private let depth: Int
  private var columns: JSONColumns
  /// Whether records are arrays of values, not objects.
  private let isTabular: Bool
  private let chunkSize: Int
  private var next: RecordStart
  private var carry: [UInt8] = []
  /// Whether what was left holds no whole record.
  private var isStuck = false
  private var batches = 0
  /// How much the last batch held: the next will hold about as much.
  private var (lastFields, lastRecords) = (0, 0)
  /// Whether an element must follow: the array has begun, or a comma stood last.
  private var isFirst: Bool
  private var isDone = false
  /// Whether the first record is read.
  private var isWhole: Bool
  /// How many records are no UTF-8 so far.
  private var undecodable = 0
  /// The lines that begin with a byte order mark, as of files that were put one behind another.
  private var (markCount, markLine) = (0, 0)
  /// Fewer say little of the file.
  private static let undecodableLimit = 20
  /// Lines or rows without content so far.
  package private(set) var blankLines = 0
  /// What the reader met beside records.
  package var notes: [SourceNote] {
    markCount == 0 ? [] : [SourceNote(.marks, count: markCount, line: markLine, place: "")]
  }

  /// Three times as much as of CSV is read at once: a record holds its names, and what a batch costs is shared by as many.
  package static let chunkSize = 3 * CSVReader.chunkSize

  /// A reader of the objects, or of arrays with a value a column where it `isTabular`, from a place on: for an array behind its bracket, or at
  /// an element.
  package init(
    _ file: InputFile, _ sequence: Sequence, columns: [String], from start: RecordStart, limits: CSVDialect,
    isTabular: Bool = false, chunkSize: Int = JSONRecordReader.chunkSize
  ) {
    self.isTabular = isTabular
    (self.file, self.sequence, self.limits, self.chunkSize) = (file, sequence, limits, chunkSize)
    depth = file.limits[.depth]
    self.columns = JSONColumns(columns, limit: limits.columnLimit + 1)
    next = start
    isFirst = true
    isWhole = start.row == 0
  }

  /// Goes on at a record that an earlier reader passed, wherever it is.
  package mutating func skip(to start: RecordStart) {
    (next, carry, isStuck, isFirst, isDone, isWhole) = (start, [], false, true, false, false)
  }

  /// Names that came after the columns were known.
  package var lateColumns: [String] { columns.late }

  /// The next batch; nil at the end.
  ///
  /// - Throws: `InputError` where the file cannot be read on, or turns out to be in another encoding.
  package mutating func nextBatch() throws(InputError) -> RecordBatch? {
    if let batch = try readBatch() { return batch }
    // A record that is no UTF-8 waits; most of them say that the file is none.
    if isWhole, undecodable > JSONRecordReader.undecodableLimit, undecodable * 2 > next.row {
      throw JSONRefusal.encoding(file.path)
    }
    return nil
  }

  private mutating func readBatch() throws(InputError) -> RecordBatch? {
    while !isDone {
      let (window, atEnd) = try fill()
      if window.isEmpty, sequence == .lines { return nil }
      var batch = RecordBatch(bytes: [], byteBase: next.byte)
      batch.ordinal = batches
      batch.tellsAbsence = true
      batch.fields.reserveCapacity(lastFields + lastFields / 8)
      batch.spots.reserveCapacity(lastRecords + lastRecords / 8)
      var side: [UInt8] = []
      let used = try take(window, atEnd, &batch, &side)
      (lastFields, lastRecords) = (batch.fields.count, batch.count)
      carry = Array(window[used...])
      isStuck = used == 0
      next.byte += used
      let isLast = atEnd && used == window.count
      // The window moves into the batch, so that what is appended to it copies nothing.
      batch.bytes = consume window
      batch.bytes += side
      if batch.count > 0 {
        batches += 1
        return batch
      }
      if isLast, sequence == .lines { return nil }
    }
    return nil
  }

  /// What was left of the last window and the next bytes of the file; a window without a whole record grows.
  private mutating func fill() throws(InputError) -> (window: [UInt8], atEnd: Bool) {
    let have = carry.count
    let want = isStuck ? have + chunkSize : max(have, chunkSize)
    guard have <= limits.recordLimit + chunkSize else {
      throw refusal(next.byte, JSONRefusal.tooLong(limits.recordLimit), .recordBytes)
    }
    let window = try file.window(keeping: carry, count: want - have, at: next.byte + have)
    carry = []
    let atEnd = if window.count < want { true } else { try file.ends(at: next.byte + window.count) }
    return (window, atEnd)
  }

  /// Takes the records of a window and returns how much of it was used.
  private mutating func take(
    _ window: [UInt8], _ atEnd: Bool, _ batch: inout RecordBatch, _ side: inout [UInt8]
  ) throws(InputError) -> Int {
    let bytes = window.span
    var used = 0
    while batch.count < RecordBatch.mostRecords {
      var scanner = JSONScanner(at: used, depth: depth)
      var (line, blanks, hasMark) = (next.line, 0, false)
      let isThere: Bool
      do {
        isThere = try begin(&scanner, bytes, atEnd, &line, &blanks, &hasMark)
      } catch .needsMore {
        if atEnd, sequence != .lines { throw truncated(scanner.place) }
        if atEnd { used = bytes.count }
        break
      } catch {
        throw refusal(next.byte + scanner.place, JSONRefusal.between)
      }
      guard isThere else {
        isDone = true
        used = try ending(scanner.place, bytes, atEnd)
        break
      }
      guard let end = record(scanner.place, line, bytes, atEnd, &batch, &side) else {
        if atEnd { throw refusal(next.byte + scanner.place, JSONRefusal.endless) }
        break
      }
      used = end
      isFirst = false
      blankLines += blanks
      if hasMark { (markCount, markLine) = (markCount + 1, markCount == 0 ? line : markLine) }
    }
    return used
  }

  /// Moves to the next record; false where there is none.
  private mutating func begin(
    _ scanner: inout JSONScanner, _ bytes: Span<UInt8>, _ atEnd: Bool, _ line: inout Int, _ blanks: inout Int,
    _ hasMark: inout Bool
  ) throws(JSONScanner.Stop) -> Bool {
    let isAfterLine = sequence == .lines && !isFirst
    let lines = scanner.skipSpace(bytes)
    if sequence == .lines {
      hasMark = try scanner.passMark(bytes)
      _ = try scanner.peek(bytes)
      blanks = max(0, isAfterLine ? lines - 1 : lines)
      line += lines
      return true
    }
    var found = lines
    if !isFirst {
      if try scanner.peek(bytes) == 0x5D { return false }
      try scanner.take(0x2C, bytes)
      found += scanner.skipSpace(bytes)
      // A comma behind the last record is no record.
      if try scanner.peek(bytes) == 0x5D { return false }
    } else if try scanner.peek(bytes) == 0x5D, next.row == 0 {
      return false
    }
    _ = try scanner.peek(bytes)
    line += found
    return true
  }

  /// Takes the record that starts at `start`; where it ends, or nil where the window ends first.
  private mutating func record(
    _ start: Int, _ line: Int, _ bytes: Span<UInt8>, _ atEnd: Bool, _ batch: inout RecordBatch, _ side: inout [UInt8]
  ) -> Int? {
    let first = batch.fields.count
    var scanner = JSONScanner(at: start, depth: depth)
    var flags = RecordFlags(rawValue: 0)
    var behind: Int?
    do {
      if isTabular {
        try columns.takeRow(&scanner, bytes, atEnd, limits, &batch, &side, &flags)
      } else {
        try columns.take(&scanner, bytes, atEnd, limits, &batch, &side, &flags)
      }
      if sequence == .lines { behind = try placeBehind(scanner, bytes, atEnd) }
    } catch .needsMore where !atEnd {
      batch.fields.removeLast(batch.fields.count - first)
      columns.forget(&batch, from: first)
      return nil
    } catch {
      // What is no JSON waits, with the values that were told before; the records behind it are read.
      scanner = JSONScanner(at: start, depth: depth)
      columns.forget(&batch, from: first)
      flags = error == .tooDeep ? .tooDeep : .malformed
      guard skipUnsound(&scanner, bytes, atEnd) else {
        batch.fields.removeLast(batch.fields.count - first)
        return nil
      }
      // What came from behind its end is another record's.
      for field in first..<batch.fields.count where Int(batch.fields[field].end) > scanner.place {
        batch.fields[field] = .empty
      }
      if !UTF8Scan.isValid(bytes.extracting(start..<scanner.place)) { flags.insert(.undecodable) }
    }
    // No string that is JSON holds a line feed; what is none may.
    var inner = scanner.lines
    if flags.contains(.malformed) || flags.contains(.tooDeep) {
      inner = 0
      for place in start..<scanner.place where bytes[place] == 0x0A { inner += 1 }
    }
    add(start, scanner.place, line, inner, first, flags, &batch)
    return behind ?? scanner.place
  }

  /// Where it goes on behind a record of a line: at the end of the line, or at another record on it; a comma between records is passed over.
  private func placeBehind(_ scanner: JSONScanner, _ bytes: Span<UInt8>, _ atEnd: Bool) throws(JSONScanner.Stop) -> Int {
    var behind = scanner
    skipBlanks(&behind, bytes)
    if behind.place < bytes.count, bytes[behind.place] == 0x2C {
      behind.place += 1
      skipBlanks(&behind, bytes)
    }
    if behind.place == bytes.count, atEnd { return behind.place }
    let next = try behind.peek(bytes)
    guard next == 0x0A || next == (isTabular ? 0x5B : 0x7B) else { throw .malformed }
    return behind.place
  }

  private func skipBlanks(_ behind: inout JSONScanner, _ bytes: Span<UInt8>) {
    while behind.place < bytes.count, bytes[behind.place] == 0x20 || bytes[behind.place] == 0x09 || bytes[behind.place] == 0x0D
    {
      behind.place += 1
    }
  }

  /// Moves behind a record that is no JSON: to the end of its line, or of its brackets.
  private func skipUnsound(_ scanner: inout JSONScanner, _ bytes: Span<UInt8>, _ atEnd: Bool) -> Bool {
    guard sequence == .lines else { return scanner.skipUnsound(bytes) }
    while scanner.place < bytes.count, bytes[scanner.place] != 0x0A { scanner.place += 1 }
    return scanner.place < bytes.count || atEnd
  }

  private mutating func add(
    _ start: Int, _ end: Int, _ line: Int, _ inner: Int, _ first: Int, _ flags: RecordFlags, _ batch: inout RecordBatch
  ) {
    next.row += 1
    next.line = line + inner
    var flags = flags
    if end - start > limits.recordLimit { flags.insert(.tooLong) }
    if flags.contains(.undecodable) { undecodable += 1 }
    batch.spots.append(
      RecordSpot(
        row: next.row, line: line, byteStart: batch.byteBase + start, byteLength: end - start, firstField: first,
        fieldCount: batch.fields.count - first, flags: flags))
  }

  /// What follows the array: only what closes the objects around it.
  private mutating func ending(_ start: Int, _ bytes: Span<UInt8>, _ atEnd: Bool) throws(InputError) -> Int {
    guard case .array(let names) = sequence else { return bytes.count }
    var rest = Array(span: bytes.extracting(start..<bytes.count))
    let offset = next.byte + start
    if !atEnd { rest += try file.bytes(next.byte + bytes.count..<min(file.size, next.byte + bytes.count + (16 << 20))) }
    var scanner = JSONScanner(at: 1, depth: depth)
    do {
      for name in names.reversed() where !(try close(&scanner, rest.span, name)) {
        throw refusal(offset + scanner.place, JSONRefusal.twice(name))
      }
    } catch let error as InputError {
      throw error
    } catch {
      throw scanner.place >= rest.count
        ? truncated(start + scanner.place) : refusal(offset + scanner.place, JSONRefusal.between)
    }
    scanner.skipSpace(rest.span)
    guard scanner.place == rest.count else { throw refusal(offset + scanner.place, JSONRefusal.second) }
    try confirmBlank(from: offset + rest.count)
    return bytes.count
  }

  /// Only white space may follow, however much of it.
  private func confirmBlank(from start: Int) throws(InputError) {
    var place = start
    while place < file.size {
      let piece = try file.bytes(place..<min(file.size, place + chunkSize))
      var scanner = JSONScanner(at: 0, depth: depth)
      scanner.skipSpace(piece.span)
      guard scanner.place == piece.count else { throw refusal(place + scanner.place, JSONRefusal.second) }
      place += piece.count
    }
  }

  /// Moves over the members behind the one that was entered, and the bracket of their object; false where its name comes again.
  private func close(_ scanner: inout JSONScanner, _ bytes: Span<UInt8>, _ entered: [UInt8]) throws(JSONScanner.Stop) -> Bool {
    scanner.skipSpace(bytes)
    while try scanner.peek(bytes) == 0x2C {
      scanner.place += 1
      scanner.skipSpace(bytes)
      if JSONText.equals(entered, bytes, try scanner.name(bytes)) { return false }
      _ = try scanner.value(bytes, atEnd: true)
      scanner.skipSpace(bytes)
    }
    try scanner.take(0x7D, bytes)
    return true
  }

  private func truncated(_ place: Int) -> InputError { refusal(next.byte + place, JSONRefusal.truncated) }

  private func refusal(_ byte: Int, _ reason: LocalizedText, _ limit: ReadingLimits.Name? = nil) -> InputError {
    JSONRefusal.error(limit, file.path, byte: byte, line: next.line, reason)
  }
}

extension JSONScanner.Stop: Equatable {}
