package import ElementCore
import XMLStream

/// Reads the rows of a sheet into batches of records, cell by cell as they come out of the archive.
package struct SheetReader: RecordSource {

  private let workbook: Workbook
  private let sheet: Workbook.Sheet
  private let columnCount: Int?
  private let use: SheetUse
  private let firstLine: Int
  private let (fieldLimit, recordLimit): (Int, Int)
  private let columnLimit: Int
  private let chunkSize: Int
  private let feed: SheetFeed
  /// The pieces of the feed as they come from a thread of their own; nil where it is fed here.
  private let ahead: ReadAhead<SheetFeed.Piece, InputError>?
  private let names: SheetNames
  /// Where the rows begin in the content.
  private let rowsStart: Int
  /// What offsets of the parser lack, where it was taken further.
  private var shift = 0
  /// The bytes of the archive that were read.
  private var taken = 0
  private var isAtEnd = false
  private var piece = XMLPiece()
  /// The event of the piece that comes next, from 0.
  private var eventPlace = 0

  private var row = SheetRow()
  private var cell = SheetCell()
  private var rowCount = 0
  /// Whether the rows before the first one are passed: what follows in the sheet is a record, whatever number it has.
  private var isBehindHead = false
  /// The bytes of all cells so far.
  private var written = 0
  private var batches = 0
  /// The bytes of the archive that earlier batches took.
  private var bytesBefore = 0
  /// Lines or rows without content so far.
  package private(set) var blankLines = 0
  /// The first cell that names what is not in the workbook.
  private var damage: String?
  private var tallies: [SourceNote.Kind: (count: Int, line: Int, place: String)] = [:]

  /// A reader of a sheet from a row (from 1) on; records have `columnCount` fields, or as many as a row has cells. `use` says what
  /// they are read for.
  ///
  /// - Throws: `InputError` where the part of the sheet cannot be opened.
  package init(
    _ workbook: Workbook, _ sheet: Workbook.Sheet, from start: RecordStart, columnCount: Int?,
    use: SheetUse = SheetUse(), chunkSize: Int = CSVReader.chunkSize,
    isAhead: Bool = false
  ) throws(InputError) {
    (self.workbook, self.sheet) = (workbook, sheet)
    columnLimit = columnCount ?? workbook.limits[.columns]
    (self.columnCount, self.use) = (columnCount, use)
    (fieldLimit, recordLimit) = (workbook.limits[.fieldBytes], workbook.limits[.recordBytes])
    (firstLine, rowsStart, self.chunkSize) = (start.line, start.byte, chunkSize)
    let feed = try SheetFeed(workbook, sheet, pieceSize: chunkSize)
    self.feed = feed
    names = feed.names
    ahead = isAhead ? ReadAhead { () throws(InputError) in try feed.next() } : nil
  }

  /// What is to be said of the file as a whole.
  package var notes: [SourceNote] {
    SourceNote.Kind.allCases.compactMap { kind in
      tallies[kind].map { SourceNote(kind, count: $0.count, line: $0.line, place: $0.place) }
    }
  }

  /// The next batch; nil at the end.
  ///
  /// - Throws: `InputError` where the file cannot be read on.
  package mutating func nextBatch() throws(InputError) -> RecordBatch? {
    var batch = RecordBatch(bytes: [], byteBase: 0)
    batch.ordinal = batches
    batch.bytes.reserveCapacity(chunkSize + chunkSize / 4)
    // A row is in one batch: the ranges of its cells are.
    while row.isOpen || !isFull(batch) {
      if eventPlace < piece.events.count {
        takeEvents(&batch)
        if let damage {
          throw ZipArchive.damaged(
            workbook.path, zh: "\(damage) 单元格指向不存在的共享文本",
            en: "is a workbook whose cell \(damage) names a shared text that is not there")
        }
      } else if isAtEnd {
        break
      } else {
        try parseMore()
      }
    }
    guard batch.count > 0 else { return nil }
    try confirmSize(batch.bytes.count)
    batches += 1
    batch.fileBytes = taken - bytesBefore
    bytesBefore = taken
    return batch
  }

  private func isFull(_ batch: borrowing RecordBatch) -> Bool {
    batch.bytes.count >= chunkSize || batch.count >= RecordBatch.mostRecords
  }

  /// Cells that name one long text again and again are a bomb like any other.
  private mutating func confirmSize(_ count: Int) throws(InputError) {
    written += count
    guard written > InputFile.inflationFloor, written / workbook.limits[.inflation] > workbook.archive.size else { return }
    throw workbook.archive.bomb
  }

  private mutating func parseMore() throws(InputError) {
    eventPlace = 0
    let next = if let ahead { try ahead.next() } else { try feed.next() }
    isAtEnd = next == nil
    piece = next?.events ?? XMLPiece()
    taken = next?.taken ?? taken
  }

  /// Goes on at a row that an earlier reader passed.
  ///
  /// - Throws: `InputError` where the file cannot be read on.
  package mutating func skip(to start: RecordStart) throws(InputError) {
    guard ahead == nil, let head = try feed.skip(to: start.byte, rows: rowsStart) else { return }
    (piece, eventPlace) = (XMLPiece(), 0)
    shift = start.byte - head
    row.skip(to: start.line)
    rowCount = start.row
    isBehindHead = true
  }

  /// Takes events until a row is whole that ends the batch.
  private mutating func takeEvents(_ batch: inout RecordBatch) {
    let piece = piece
    while eventPlace < piece.events.count {
      let event = piece.events[eventPlace]
      eventPlace += 1
      switch event.kind {
      case .text: append(event, piece)
      case .start: start(event, piece)
      case .end: end(event.name, &batch)
      case .element:
        start(event, piece)
        append(event, piece)
        end(event.name, &batch)
      }
      if !row.isOpen, isFull(batch) { return }
    }
  }

  private mutating func append(_ event: XMLEvent, _ piece: XMLPiece) {
    if cell.isCollecting { cell.append(piece.bytes.span.extracting(event.text.indices), limit: fieldLimit) }
  }

  private mutating func end(_ name: Int32, _ batch: inout RecordBatch) {
    if name == names.cell {
      endCell(&batch)
    } else if name == names.row {
      endRow(&batch)
    } else {
      cell.end(name, names)
    }
  }

  private mutating func start(_ event: XMLEvent, _ piece: XMLPiece) {
    if event.name == names.cell {
      cell.begin(piece, event, names, after: cell.column)
    } else if event.name == names.row {
      row.begin(piece, event, names)
      cell.column = 0
    } else if event.name == names.formula {
      cell.hasFormula = cell.isOpen
    } else if event.name == names.column {
      if SheetNames.isTrue(piece.value(of: names.hidden, event)) { note(.hiddenColumns, line: 0, place: "") }
    } else if event.name == names.merge {
      noteMerge(piece.value(of: names.range, event) ?? [])
    } else {
      cell.start(event.name, names)
    }
  }

  private mutating func endCell(_ batch: inout RecordBatch) {
    defer { cell.isOpen = false }
    guard isRecord, cell.column > 0 else { return }
    if row.fields.isEmpty { row.open(at: batch.bytes.count, columnCount) }
    if cell.isDangling(workbook) { damage = damage ?? SpreadsheetColumn.letters(cell.column) + String(row.line) }
    if cell.hasFormula { note(cell.hasValue ? .formulas : .emptyFormulas) }
    let (start, length) = (batch.bytes.count, cell.length(workbook))
    guard length > 0 || cell.isTooLong else { return }
    if cell.type == .error { note(.errorCells) }
    guard cell.column <= columnLimit else { return note(.strayCells) }
    // Of what is beyond a limit nothing is kept: few bytes of a file may name a long text often.
    guard start + length - row.start <= recordLimit else { return row.cut() }
    let isTooLong = cell.isTooLong || length > fieldLimit
    let written = isTooLong ? .plain : cell.write(to: &batch.bytes, workbook, use)
    row.set(cell.column - 1, FieldRange(start, batch.bytes.count), written, isTooLong: isTooLong)
    // What separates the cells in the bytes of a record, which its digest is over.
    batch.bytes.append(0x1F)
  }

  /// Whether the row that is open is a record, not part of the head.
  private var isRecord: Bool { isBehindHead || row.line >= firstLine }

  private mutating func endRow(_ batch: inout RecordBatch) {
    defer { row.close() }
    let isHead = !isRecord
    // The last row of the head is the header.
    isBehindHead = isBehindHead || row.line >= firstLine - 1
    if isHead { return }
    guard row.hasContent else {
      blankLines += 1
      return
    }
    if row.isHidden { note(.hiddenRows, place: String(row.line)) }
    rowCount += 1
    let first = batch.fields.count
    batch.fields += row.fields
    for column in row.numbers { batch.numbers.append(first + column) }
    for column in row.days { batch.days.append(first + column) }
    batch.rawRanges.append(FieldRange(row.start, batch.bytes.count))
    batch.starts.append(row.byte + shift)
    // The bytes of a cell lie compressed in the archive: no place of theirs helps anybody.
    batch.spots.append(
      RecordSpot(
        row: rowCount, line: row.line, byteStart: 0, byteLength: 0, firstField: first, fieldCount: row.fields.count,
        flags: row.flags))
  }

  private mutating func note(_ kind: SourceNote.Kind) {
    note(kind, place: SpreadsheetColumn.letters(cell.column) + String(row.line))
  }

  private mutating func note(_ kind: SourceNote.Kind, line: Int? = nil, place: String) {
    if kind != .hiddenColumns, !isRecord { return }
    let first = tallies[kind] ?? (0, line ?? row.line, place)
    tallies[kind] = (first.count + 1, first.line, first.place)
  }

  /// Merged cells stand behind all rows; those of titles and headings are as they should be.
  private mutating func noteMerge(_ bytes: ArraySlice<UInt8>) {
    let range = PrintableText.escape(String(decoding: bytes, as: UTF8.self))
    let lines = range.split(separator: ":").compactMap { Int($0.drop { $0.isLetter }) }
    guard let first = lines.first, first >= firstLine else { return }
    note(.mergedCells, line: first, place: range)
  }
}
