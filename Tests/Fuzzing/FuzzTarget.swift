import ElementCore
import ElementExpression
import ElementFormats
import ElementPipeline
import ElementSchema

/// What is fuzzed. Each target traps where a promise is broken: that nothing crashes is only the first of them.
enum FuzzTarget: String, CaseIterable {
  /// Any bytes as a file: recognised, read, written and read again.
  case file
  /// CSV: the same records whatever the pieces, in ascending places of the file.
  case csv
  /// JSON and NDJSON.
  case json
  /// XML.
  case xml
  /// Markup among records of XML: the same whether libxml2 sees all of it or not.
  case markup
  /// The parts of a workbook, in an archive that is whole.
  case workbook
  /// An archive, or compressed data.
  case archive
  /// GB 18030, decoded and encoded again.
  case gb18030
  /// Every identifier, date, phone and grid code.
  case identifier
  /// An expression of a rule.
  case expression
  /// A dataset's YAML.
  case schema
  /// A roster that is checked: every record is accounted for.
  case check
  /// Rows of a table: the same as pages and value by value.
  case pages

  /// Runs the target on some bytes.
  func run(_ bytes: [UInt8]) {
    switch self {
    case .file, .json, .xml, .archive: FuzzRoster(bytes).readAndWrite()
    case .csv: FuzzRoster(bytes).readInPieces()
    case .workbook: FuzzRoster(FuzzRoster.workbook(bytes)).readAndWrite()
    case .markup: FuzzMarkup.parse(bytes)
    case .gb18030: FuzzValue.transcode(bytes)
    case .identifier: FuzzValue.identify(bytes)
    case .expression: FuzzValue.compile(bytes)
    case .schema: FuzzValue.readSchema(bytes)
    case .check: FuzzRoster(bytes).check()
    case .pages: FuzzPages.compare(bytes)
    }
  }

  /// Ends the process as libFuzzer expects of a finding.
  static func fail(_ what: String) -> Never { fatalError(what) }

  /// The shipped schemas.
  static let pack: SchemaPack = {
    guard let pack = try? SchemaPack.shipped() else { fail("the shipped schemas cannot be read") }
    return pack
  }()

  /// One dataset alone, for finding a header: many times as fast.
  static let small: SchemaPack = {
    let dataset = """
      dataset: roster
      element: person
      title: {zh: 名册, en: Roster}
      source: none
      key: [identityNum]
      fields:
        - {name: identityNum, title: 公民身份号码, english: Number, type: text, length: 18, duty: key, sensitivity: personal, source: none, confidence: C}
        - {name: personName, title: 姓名, english: Name, type: text, length: 50, duty: key, sensitivity: personal, source: none, confidence: C}
        - {name: note, title: 备注, english: Note, type: text, length: 50, duty: optional, sensitivity: personal, source: none, confidence: C}
      """
    do throws(SchemaError) {
      let codes = try SchemaPack.files(directory: nil).filter { $0.path.contains("codes/") }
      return try SchemaPack(files: codes + [PackFile(path: "datasets/person/roster.yaml", text: dataset)])
    } catch {
      fail("\(error)")
    }
  }()

  /// A day for all rules that look at one.
  static let today: CalendarDate = {
    guard let day = CalendarDate(year: 2026, month: 1, day: 1) else { fail("no such day") }
    return day
  }()

  /// The tables of identifiers on that day.
  static let tables = pack.tables(today: today)
}
