import ElementCore
package import ElementFormats
package import ElementSchema

/// The records of a file as they stand, without a schema.
package struct RawRecords {
  /// What could not be handed on.
  package struct Trouble: Sendable, Hashable {
    /// The number of records, and the rows (from 1) of the first.
    package private(set) var count = 0
    /// The rows of the first records, from 1.
    package private(set) var rows: [Int] = []
    private static let shownRows = 10

    /// Adds a record by its row, from 1.
    mutating func add(_ row: Int) {
      count += 1
      if rows.count < Trouble.shownRows { rows.append(row) }
    }
  }

  /// Records with values that cannot be decoded: these values are null, or empty.
  package private(set) var undecodable = Trouble()
  /// Records whose values cannot be told apart, such as one that is no JSON or a quote that never ends: they are left out.
  package private(set) var unreadable = Trouble()
  /// Cells beside the columns of the header, and elements beside the records: they are left out.
  package private(set) var strayCount = 0
  /// What is odd about the shape of rows, which are written as they stand: blanks before quotes, marks, and rows of other widths.
  package private(set) var oddities: [SourceNote] = []
  private let path: String
  private let options: DeliveryOptions
  private let pack: SchemaPack
  private static let valueless: RecordFlags = [
    .unterminatedQuote, .tooLong, .fieldTooLong, .malformed, .tooDeep, .duplicateKey, .loneSurrogate, .mixedText,
  ]
  private static let pieceSize = 1 << 20

  /// The records of a file; the pack only helps to find the header.
  package init(path: String, options: DeliveryOptions, pack: SchemaPack) {
    self.path = path
    self.options = options
    self.pack = pack
  }

  /// Hands every record to `body` as a JSON array of texts, header first.
  package mutating func eachLine(_ body: (String) -> Void) throws {
    let survey = try survey()
    for layout in try layouts(survey) {
      if !layout.header.isEmpty, !options.hasNoHeader { body(JSONValue.list(layout.header.map { .text($0) }).line) }
      try each(layout, survey) { batch, record in
        let values = (0..<Int(batch.spots[record].fieldCount)).map { column -> JSONValue in
          .optional(String(validUTF8: batch.bytes.span.extracting(batch.range(record, column).indices)))
        }
        body(JSONValue.list(values).line)
      }
    }
    try survey.confirmUnchanged()
  }

  /// Where a record stands; both count from 1.
  package struct Place: Sendable, Hashable {
    /// Its row, a first row that no program knew as a header being the first.
    package let row: Int
    /// Which record it is, headings not counted.
    package let record: Int
  }

  /// Hands every record to `body` with the headings, as texts, and where it stands; what cannot be decoded is empty. `begin` is told of the headings
  /// of each table first.
  package mutating func eachRecord(
    _ begin: ([String]) -> Void, _ body: ([String], [String], Place) throws -> Void
  ) throws {
    let survey = try survey()
    for layout in try layouts(survey) {
      let headings = try headings(layout, survey)
      begin(headings)
      let isHeading = !options.hasNoHeader && layout.header.isEmpty
      try each(layout, survey, skipsFirst: isHeading) { batch, record in
        let spot = batch.spots[record]
        let values = (0..<Int(spot.fieldCount)).map { column in
          String(validUTF8: batch.bytes.span.extracting(batch.range(record, column).indices)) ?? ""
        }
        try body(headings, values, Place(row: Int(spot.row), record: Int(spot.row) - (isHeading ? 1 : 0)))
      }
    }
    try survey.confirmUnchanged()
  }

  /// Where names stand among headings, from 0; nil where one does not.
  package static func places(of names: [String], in headings: [String]) -> [Int?] {
    names.map { name in headings.firstIndex { $0.utf8.elementsEqual(name.utf8) } }
  }

  /// Writes all records in a format; `sheet` names that of a workbook, `body` takes the bytes.
  ///
  /// - Throws: `InputError` where they are several tables, or a value cannot be written in that format.
  package mutating func write(_ format: WrittenFormat, _ text: CSVForm, sheet: String, _ body: ([UInt8]) throws -> Void) throws
  {
    let survey = try survey()
    let layouts = try layouts(survey)
    let all = try layouts.map { try headings($0, survey) }
    guard let headings = all.first, all.allSatisfy({ $0 == headings }) else { throw WritingRefusal.severalTables(path) }
    do {
      let writer = try format.writer(
        headings.map { WrittenColumn($0) }, isHeaded: !options.hasNoHeader, text: text, sheet: sheet)
      for layout in layouts { try write(layout, headings, survey, writer, body) }
      try survey.confirmUnchanged()
      try writer.finish()
      try body(writer.taken())
    } catch let error as UnwritableValue {
      throw WritingRefusal.error(error, path, headings, row: 0, format)
    }
  }

  /// The headings: those of the header, else the first row as every program has it that knows no schema. Where there are
  /// none, columns are called as spreadsheets do.
  private func headings(_ layout: RecordLayout, _ survey: FileSurvey) throws -> [String] {
    if options.hasNoHeader { return (0..<(try widest(layout, survey))).map { SpreadsheetColumn.letters($0 + 1) } }
    return layout.header.isEmpty ? layout.preview.first ?? [] : layout.header
  }

  /// The most fields that a record has: a later row may be wider than those that the header was looked for in.
  private func widest(_ layout: RecordLayout, _ survey: FileSurvey) throws -> Int {
    var reader = try layout.source(survey, columnCount: nil)
    var widest = 0
    while let batch = try reader.nextBatch() {
      try Interruption.check()
      for spot in batch.spots { widest = max(widest, Int(spot.fieldCount)) }
    }
    return widest
  }

  private mutating func write(
    _ layout: RecordLayout, _ headings: [String], _ survey: FileSurvey, _ writer: any RecordWriter,
    _ body: ([UInt8]) throws -> Void
  ) throws {
    let path = path
    // The first record is the header where no other row is.
    let isHeading = !options.hasNoHeader && layout.header.isEmpty
    try each(layout, survey, skipsFirst: isHeading) { batch, record in
      let spot = batch.spots[record]
      let values = (0..<Int(spot.fieldCount)).map { column in
        let range = batch.range(record, column)
        let isKnown = !spot.flags.contains(.undecodable) || UTF8Scan.isValid(batch.bytes.span.extracting(range.indices))
        return isKnown ? range : .empty
      }
      do throws(UnwritableValue) {
        try writer.append(batch.bytes.span, values)
      } catch {
        throw WritingRefusal.error(error, path, headings, row: Int(spot.row), nil)
      }
      if writer.pending.count > RawRecords.pieceSize { try body(writer.taken()) }
    }
  }

  private func survey() throws -> FileSurvey {
    let survey = try FileSurvey(
      try InputFile(path: path, limits: options.limits), encoding: options.encoding, format: options.pinnedFormat)
    try options.confirmFormat(survey)
    return survey
  }

  /// The lists of records, with all columns of a file whose records name them: the header stands before the first record.
  private func layouts(_ survey: FileSurvey) throws -> [RecordLayout] {
    var learned = Learned()
    // A header that a person points at needs no dataset.
    let isSure = options.headerLine == nil
    for layout in try PreparedInput.layouts(survey, nil, options, pack, learned, isSure: isSure) where !layout.isHeaded {
      var reader = try layout.source(survey, columnCount: layout.header.count)
      while try reader.nextBatch() != nil {}
      learned.lateColumns[survey.original.path] = reader.lateColumns
    }
    let layouts = try PreparedInput.layouts(survey, nil, options, pack, learned, isSure: isSure)
    if options.headerLine != nil, let lacking = layouts.first(where: \.header.isEmpty) {
      throw HeaderRefusal.noHeader(path, lacking)
    }
    return layouts
  }

  private mutating func each(
    _ layout: RecordLayout, _ survey: FileSurvey, skipsFirst: Bool = false, _ body: (RecordBatch, Int) throws -> Void
  ) throws {
    let isBounded = !options.hasNoHeader && !layout.header.isEmpty
    var reader = try layout.source(survey, columnCount: isBounded ? layout.header.count : nil)
    var otherWidths = LineTally()
    while var batch = try reader.nextBatch() {
      try Interruption.check()
      try options.limits.confirmRecords(batch, path)
      BatchDecoder.decode(&batch, from: survey.recordEncoding)
      for record in 0..<batch.count {
        let spot = batch.spots[record]
        if skipsFirst, spot.row == 1 { continue }
        guard spot.flags.isDisjoint(with: RawRecords.valueless) else {
          unreadable.add(Int(spot.row))
          continue
        }
        if isBounded, survey.format == .delimited, Int(spot.fieldCount) != layout.header.count {
          otherWidths.add(line: Int(spot.line))
        }
        if spot.flags.contains(.undecodable) { undecodable.add(Int(spot.row)) }
        try body(batch, record)
      }
    }
    for note in reader.notes {
      switch note.kind {
      case .strayCells, .strayElements: strayCount += note.count
      case .spacedQuotes, .marks: oddities.append(note)
      default: break
      }
    }
    if otherWidths.count > 0 {
      oddities.append(SourceNote(.shortRows, count: otherWidths.count, line: otherWidths.line, place: ""))
    }
  }
}

extension RecordWriter {
  /// Takes what was written.
  fileprivate func taken() -> [UInt8] {
    let bytes = pending
    pending = []
    return bytes
  }
}
