import ElementCore

/// Where the header of a roster stands and how its records are read.
package struct RecordLayout: Sendable {
  /// In what the records stand.
  package enum Container: Sendable {
    /// Lines of text with delimiters.
    case delimited
    case sheet(Workbook, Workbook.Sheet)
    /// Objects of JSON.
    case json(JSONRecordReader.Sequence, pointer: String)
    /// Elements of XML.
    case xml(XMLRecordPath)
    /// Rows of a table.
    case table(any RecordTable)
  }

  /// How delimited text is written, and how much of any format is taken at once.
  package var dialect: CSVDialect
  /// In what the records stand.
  package var container = Container.delimited
  /// The cells of the header row; empty where there is none.
  package var header: [String]
  /// The cells of the header's line as they stand there, without those above; empty where there is none.
  package var headerCells: [String] = []
  /// The line of the header, or its row in a sheet, from 1; 0 where there is none.
  package var headerLine: Int
  /// Lines above the header: titles and notes.
  package var titles: [String]
  /// Where the first record behind the header stands, to read on from.
  package var dataStart: RecordStart
  /// Rows that were looked at, header and titles included.
  package var preview: [[String]]
  /// How well the header fits, as the scorer counts.
  package var score: Int
  /// Whether the records of JSON are arrays below one with the headings, not objects.
  package var isTabular = false
  /// What the columns of a sheet are read for.
  package var use = SheetUse()
  /// The XML schema that records are validated by when they are read for the first time; nil for none.
  package var xsd: XSDFile?
  /// The sheets of the workbook that are not read.
  package var otherSheets: [String] = []

  /// The format by the name that `--format` has for it.
  package var format: String {
    switch container {
    case .delimited: "csv"
    case .sheet: "xlsx"
    case .json(let sequence, _): sequence == .lines ? "ndjson" : "json"
    case .xml: "xml"
    case .table: "table"
    }
  }

  /// The delimiter as it is shown; nil for a format without one.
  package var delimiterName: String? {
    if case .delimited = container { dialect.delimiterName } else { nil }
  }

  /// The name of the sheet; nil where there is none.
  package var sheet: String? {
    if case .sheet(_, let sheet) = container { sheet.name } else { nil }
  }

  /// Where the records stand in a document: a JSON Pointer (RFC 6901) or an XPath; nil for formats of lines and rows.
  package var recordPath: String? {
    switch container {
    case .delimited, .sheet, .json(.lines, _), .table: nil
    case .json(_, let pointer): pointer
    case .xml(let path): path.text
    }
  }

  /// The version of the form that was filled in, where the first cell above the header is one, such as `1.0`; else nil.
  package var templateVersion: String? {
    guard headerLine > 1, !titles.isEmpty, let cell = preview.first?.first else { return nil }
    let parts = cell.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    let isVersion =
      (2...3).contains(parts.count)
      && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy { (0x30...0x39).contains($0) } }
    return isVersion ? cell : nil
  }

  /// Whether a header stands before the records; otherwise each record names its columns.
  package var isHeaded: Bool {
    switch container {
    case .delimited, .sheet, .table: true
    case .json, .xml: false
    }
  }

  /// Whether a reader can start at any record; otherwise it starts at the first one.
  package var isSeekable: Bool {
    switch container {
    case .delimited, .json, .xml: true
    case .sheet, .table: false
    }
  }

  /// Whether one reader can go from record to record, so that no other need be made: those of JSON know many names.
  package var isMovable: Bool {
    if case .json = container { true } else { false }
  }

  /// How many records may be read again to get at one of them: few where reading is slow.
  package var rowsPerMark: Int {
    switch container {
    case .delimited, .table: 128
    case .json: 32
    case .xml, .sheet: 8
    }
  }

  /// The table that holds the records; nil where a file does.
  package var table: (any RecordTable)? {
    if case .table(let table) = container { table } else { nil }
  }

  /// A reader of the records, with so many columns, from a place (where it can) or from the first one on;
  /// `isAhead` uses a thread of its own for what a format leaves to others.
  ///
  /// - Throws: `InputError` where it cannot be opened, or what keeps a table from being read.
  package func source(
    _ survey: FileSurvey, columnCount: Int?, from start: RecordStart? = nil, chunkSize: Int? = nil,
    isAhead: Bool = false
  ) throws -> any RecordSource {
    switch container {
    case .delimited:
      CSVReader(
        survey.text, dialect, from: start ?? dataStart, columnCount: columnCount,
        chunkSize: chunkSize ?? CSVReader.chunkSize)
    case .sheet(let workbook, let sheet):
      try SheetReader(
        workbook, sheet, from: dataStart, columnCount: columnCount, use: use,
        chunkSize: chunkSize ?? CSVReader.chunkSize, isAhead: isAhead)
    case .xml(let path):
      try XMLRecordReader(
        survey.text, path, columns: header, from: survey.textStart, first: dataStart, start: start, limits: dialect,
        chunkSize: chunkSize ?? CSVReader.chunkSize, isAhead: isAhead, xsd: start == nil ? xsd : nil)
    case .json(let sequence, _):
      JSONRecordReader(
        survey.text, sequence, columns: header, from: start ?? dataStart, limits: dialect, isTabular: isTabular,
        chunkSize: chunkSize ?? JSONRecordReader.chunkSize)
    case .table(let table):
      try table.records(isAhead: isAhead)
    }
  }
}

extension RecordLayout {
  /// How the records of a table are read, with these headings.
  package init(_ table: any RecordTable, headings: [String]) {
    self.init(
      dialect: CSVDialect(delimiter: 0x2C, limits: .unlimited), container: .table(table), header: headings, headerLine: 0,
      titles: [], dataStart: RecordStart(byte: 0, line: 0, row: 0), preview: [], score: 0)
  }
}
