package import ElementCore
import XMLStream

/// Reads the elements of one path as records: the elements in it that hold text, and its attributes, are its columns.
package struct XMLRecordReader: RecordSource {
  private let file: InputFile
  private let path: XMLRecordPath
  /// The names of the path, as the parser numbers them.
  private let pathNames: [Int32]
  private let limits: CSVDialect
  private let chunkSize: Int
  private let feed: XMLFeed
  /// The pieces of the feed as they come from a thread of their own; nil where it is fed here.
  private let ahead: ReadAhead<XMLPiece, InputError>?
  private var columns: XMLColumns
  private var isAtEnd = false
  private var piece = XMLPiece()
  private var eventPlace = 0
  /// The violation of the piece that comes next, from 0.
  private var violationPlace = 0
  /// How many elements are open.
  private var depth = 0
  /// How many of them lie on the path.
  private var matched = 0
  private var record = XMLRecord()
  private var rowCount = 0
  /// What offsets and lines of the parser lack, where it started in the middle.
  private var shift: (bytes: Int, lines: Int) = (0, 0)
  private var batches = 0
  private var stray: (count: Int, line: Int, name: String)?
  /// Places outside of records that break the schema.
  private var invalid: (count: Int, line: Int, name: String)?

  /// A reader of the records of a path in a document of UTF-8 that starts at `offset`.
  ///
  /// Where the first record is known (`first`), a reader can start at another one (`start`): what stands before the first is
  /// read, then the document goes on at the other. `isAhead` parses in a thread of its own, and `xsd` validates.
  ///
  /// - Throws: `InputError` where there is no memory, or the file cannot be read.
  package init(
    _ file: InputFile, _ path: XMLRecordPath, columns: [String], from offset: Int, first: RecordStart? = nil,
    start: RecordStart? = nil, limits: CSVDialect, chunkSize: Int = CSVReader.chunkSize, isAhead: Bool = false,
    xsd: XSDFile? = nil
  ) throws(InputError) {
    (self.file, self.path, self.limits, self.chunkSize) = (file, path, limits, chunkSize)
    let feed = try XMLFeed(file, from: offset, pieceSize: min(chunkSize, 1 << 16), tagDepth: path.names.count, xsd: xsd)
    self.feed = feed
    self.columns = XMLColumns(columns, feed.parser, limit: limits.columnLimit + 1)
    shift.bytes = offset
    pathNames = path.names.map { feed.parser.id(of: String(escapingInvalid: $0.span)) }
    if let first, let start, start.row > 0 {
      piece = try feed.enter(before: first.byte, at: start.byte)
      shift = (start.byte - (first.byte - offset), start.line - first.line)
      rowCount = start.row
    }
    // Two batches, which many pieces make: the parser goes on while both workers check.
    ahead = isAhead ? ReadAhead(16) { () throws(InputError) in try feed.next() } : nil
  }

  /// Records of XML have no lines of their own.
  package var blankLines: Int { 0 }
  /// Names that came after the columns were known.
  package var lateColumns: [String] { columns.late }
  /// What is to be said of the file as a whole.
  package var notes: [SourceNote] {
    [(SourceNote.Kind.strayElements, stray), (.invalidElements, invalid)].compactMap { kind, found in
      found.map { SourceNote(kind, count: $0.count, line: $0.line, place: $0.name) }
    }
  }

  /// The next batch; nil at the end.
  ///
  /// - Throws: `InputError` where the file cannot be read on.
  package mutating func nextBatch() throws(InputError) -> RecordBatch? {
    // No value begins at 0: that is where what a record lacks stands.
    var batch = RecordBatch(bytes: [0x1F], byteBase: 0)
    batch.ordinal = batches
    batch.tellsAbsence = true
    batch.bytes.reserveCapacity(chunkSize + chunkSize / 4)
    // A record is in one batch: the ranges of its values are.
    while record.isOpen || !isFull(batch) {
      if eventPlace < piece.events.count {
        try takeEvents(&batch)
      } else if isAtEnd {
        break
      } else {
        try parseMore()
      }
    }
    guard batch.count > 0 else { return nil }
    batches += 1
    return batch
  }

  private func isFull(_ batch: borrowing RecordBatch) -> Bool {
    batch.bytes.count > chunkSize || batch.count >= RecordBatch.mostRecords
  }

  private mutating func parseMore() throws(InputError) {
    (eventPlace, violationPlace) = (0, 0)
    let next = if let ahead { try ahead.next() } else { try feed.next() }
    isAtEnd = next == nil
    piece = next ?? XMLPiece()
  }

  /// Takes events until a record is whole that ends the batch.
  private mutating func takeEvents(_ batch: inout RecordBatch) throws(InputError) {
    let piece = piece
    while eventPlace < piece.events.count {
      let event = piece.events[eventPlace]
      eventPlace += 1
      // What an end tag shows belongs to what it ends.
      if event.kind == .end { noteViolations(piece, &batch) }
      defer { noteViolations(piece, &batch) }
      switch event.kind {
      case .element:
        if record.isOpen {
          value(event, piece, &batch)
        } else {
          start(event, piece, &batch)
          if record.isOpen { record.append(piece.bytes.span.extracting(event.text.indices), limit: limits.fieldLimit) }
          noteViolations(piece, &batch)
          end(event, piece, &batch)
        }
      case .text:
        if record.isOpen { record.append(piece.bytes.span.extracting(event.text.indices), limit: limits.fieldLimit) }
      case .start: start(event, piece, &batch)
      case .end: end(event, piece, &batch)
      }
      if record.isOpen {
        guard record.size <= limits.recordLimit else { throw tooLong(record) }
      } else if isFull(batch) {
        return
      }
    }
  }

  /// Takes a value: an element without elements.
  private mutating func value(_ event: XMLEvent, _ piece: XMLPiece, _ batch: inout RecordBatch) {
    if event.attributes.isEmpty {
      let column = columns.column(of: event.name, in: record.node, piece)
      return record.value(column, piece.bytes.span.extracting(event.text.indices), limit: limits.fieldLimit, &batch.bytes)
    }
    let key = columns.key(of: event, piece)
    let attribute = event.text.isEmpty ? columns.attributeValue(of: event, piece) : nil
    let text = piece.bytes.span.extracting(attribute?.indices ?? event.text.indices)
    // What speaks by attributes of its own alone has no value beside theirs.
    let column = text.isEmpty && hasOwn(event, piece, key) ? nil : columns.column(key, in: record.node, piece)
    record.value(column, text, limit: limits.fieldLimit, &batch.bytes)
    takeAttributes(event, piece, below: key, &batch)
  }

  private func hasOwn(_ event: XMLEvent, _ piece: XMLPiece, _ key: XMLColumns.Key) -> Bool {
    event.attributes.indices.contains { columns.isOwn(piece.attributes[$0], of: key) }
  }

  /// Takes the attributes of an element inside a record: they are columns below it.
  private mutating func takeAttributes(
    _ event: XMLEvent, _ piece: XMLPiece, below key: XMLColumns.Key, _ batch: inout RecordBatch
  ) {
    // Most have their name alone.
    if case .named = key, event.attributes.count == 1 { return }
    for place in event.attributes.indices {
      let attribute = piece.attributes[place]
      guard columns.isOwn(attribute, of: key) else { continue }
      let node = columns.node(key, in: record.node, piece)
      guard let column = columns.column(of: attribute.name, in: node, piece) else { continue }
      record.set(column, piece.bytes.span.extracting(attribute.range.indices), limit: limits.fieldLimit, &batch.bytes)
    }
  }

  private mutating func start(_ event: XMLEvent, _ piece: XMLPiece, _ batch: inout RecordBatch) {
    depth += 1
    if record.isOpen {
      let key = columns.key(of: event, piece)
      let node = columns.node(key, in: record.node, piece)
      if !event.attributes.isEmpty { takeAttributes(event, piece, below: key, &batch) }
      record.startElement(key, node, columns.attributeValue(of: event, piece), hasOwn: hasOwn(event, piece, key))
      return
    }
    guard matched == depth - 1, depth <= path.names.count else {
      // A record by its name, in another place.
      if depth == path.names.count, event.name == pathNames[depth - 1] { note(event) }
      return
    }
    guard event.name == pathNames[depth - 1] else {
      if depth == path.names.count { note(event) }
      return
    }
    matched = depth
    guard depth == path.names.count else {
      for attribute in piece.attributes[event.attributes.indices] where !attribute.range.isEmpty {
        note(event, attribute, piece)
      }
      return
    }
    record.open(event, batch.bytes.count, columns.count)
    for attribute in piece.attributes[event.attributes.indices] {
      guard let column = columns.column(of: attribute.name, piece) else { continue }
      record.set(column, piece.bytes.span.extracting(attribute.range.indices), limit: limits.fieldLimit, &batch.bytes)
    }
  }

  private mutating func end(_ event: XMLEvent, _ piece: XMLPiece, _ batch: inout RecordBatch) {
    depth -= 1
    if record.isOpen, depth >= path.names.count {
      if let key = record.endElement(), let column = columns.column(key, in: record.node, piece) {
        record.set(column, limit: limits.fieldLimit, &batch.bytes)
      }
    } else if matched > depth {
      matched = depth
      if record.isOpen { close(event, &batch) }
    }
  }

  private mutating func close(_ event: XMLEvent, _ batch: inout RecordBatch) {
    rowCount += 1
    record.leaveValue()
    let first = batch.fields.count
    batch.fields += record.fields
    if !record.isList.isEmpty { batch.lists += record.isList.sorted().map { first + $0 } }
    batch.rawRanges.append(FieldRange(record.start, batch.bytes.count))
    batch.spots.append(
      RecordSpot(
        row: rowCount, line: record.line + shift.lines, byteStart: record.byte + shift.bytes,
        byteLength: event.end - record.byte, firstField: first,
        fieldCount: record.fields.count, flags: record.flags))
    record.close()
  }

  /// Places that break the schema and showed at the event before: of the record that is open, or of what is around records.
  private mutating func noteViolations(_ piece: XMLPiece, _ batch: inout RecordBatch) {
    while violationPlace < piece.violations.count, piece.violations[violationPlace].event < eventPlace {
      let violation = piece.violations[violationPlace]
      violationPlace += 1
      let bytes = piece.name(violation.name)
      let name = String(escapingInvalid: bytes.span)
      let line = violation.line + shift.lines
      guard record.isOpen else {
        invalid = ((invalid?.count ?? 0) + 1, invalid?.line ?? line, invalid?.name ?? name)
        continue
      }
      // The first says why; what follows in a record mostly comes from it.
      if batch.violations.last?.row == UInt32(rowCount + 1) { continue }
      let column = columns.knownColumn(of: violation.name, piece)
      batch.violations.append(
        SchemaViolation(row: rowCount + 1, column: column, element: name, line: line, reason: XSDReason.text(violation.code)))
    }
  }

  /// Elements that stand where records do and have another name are not read; nor are attributes of elements around records.
  private mutating func note(_ event: XMLEvent, _ attribute: XMLAttribute? = nil, _ from: XMLPiece? = nil) {
    let from = from ?? piece
    let (element, own) = (from.name(event.name), attribute.map { from.name($0.name) })
    let name = "<" + String(escapingInvalid: element.span) + (own.map { " " + String(escapingInvalid: $0.span) } ?? "") + ">"
    stray = ((stray?.count ?? 0) + 1, stray?.line ?? Int(event.line), stray?.name ?? name)
  }

  private func tooLong(_ record: XMLRecord) -> InputError {
    ReadingLimits.refusal(
      .recordBytes, file.path, line: record.line, zh: "有一条记录超过 \(limits.recordLimit) 字节",
      en: "has a record of more than \(limits.recordLimit) bytes")
  }
}
