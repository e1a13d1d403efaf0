import ElementCore
import ElementFormats
import ElementGenerator
import ElementPipeline
import ElementSchema
import ElementTestSupport
import Testing

@Suite("Records written in every format")
struct WriterTests {
  /// What readers stumble over: markup, quotes, white space, marks, direction, composed and decomposed, numbers that are
  /// none, formulas, and what other formats escape.
  static let naughty = [
    "示例甲", "", " 前后有空格 ", "a,b;c\td|e", "\"", "\"\"", "他说“好”\"", "第一行\n第二行", "一\r\n二", "一\r二", "<b>&amp;</b>", "]]>", "<!--",
    "&#13;", "_x000D_", "_x0041_", "_x005F_", "_x00G1_", "_x+00D_", "\n=1", "é", "e\u{301}", "𠂇𪚥", "👨‍👩‍👧", "\u{200B}",
    "\u{202E}abc", "\u{FEFF}甲",
    "甲\u{FEFF}", "\u{A0}", "\u{3000}", "=1+1", "+86", "-5", "@x", "＝甲", "'甲", "0012", "110105194912310026", "1e400", "-0",
    "1.0",
    "NaN", "null", "true", "TRUE", "[]", "{\"a\":1}", "\\", "\\n", "\\u0041", "%s", "${x}", "#N/A", "1984-02-30", "\u{E000}",
    "\u{FFFD}", "ﬀ", "Ⅷ", "ǅ", "\u{10FFFD}", "\u{7F}", "\u{85}", "\u{2028}",
  ]
  static let headings = [
    ["公民身份号码", "姓名", "备注", "现住地址"],
    ["姓名", "1层 <甲>", "\"备注\"", "现住 地址\n（必填）"],
    ["<必填>公民身份号码", "b;c;d;e|f\tg", "备注", "现住地址"],
  ]

  private static func records(_ headings: [String], seed: UInt64) -> [[String]] {
    var random = SeededRandom(seed: seed)
    return [headings]
      + (0..<120).map { row in
        // No row is blank: that is a blank line in a file of lines.
        ["记录\(row)"] + headings.dropFirst().map { _ in naughty[Int(random.next() % UInt64(naughty.count))] }
      }
  }

  private struct Files {
    let scratch: ScratchFolder
    let today: CalendarDate
    static let pack = Result { try SchemaPack.shipped() }

    init() throws {
      scratch = try ScratchFolder()
      today = try #require(CalendarDate(year: 2026, month: 1, day: 1))
    }

    func raw(_ path: String, _ encoding: TextEncoding?, sheet: String? = nil, headerLine: Int? = nil) throws -> RawRecords {
      var options = DeliveryOptions(verb: .check, paths: [path], today: today)
      options.headerLine = path.hasSuffix("csv") || path.hasSuffix("xlsx") ? 1 : headerLine
      options.encoding = encoding
      options.sheet = sheet
      return RawRecords(path: path, options: options, pack: try Files.pack.get())
    }

    func lines(_ path: String, _ encoding: TextEncoding? = nil) throws -> [String] {
      var (out, records): ([String], RawRecords) = ([], try raw(path, encoding))
      try records.eachLine { out.append($0) }
      #expect(records.undecodable.count + records.unreadable.count == 0)
      return out
    }

    func written(_ path: String, _ format: WrittenFormat, _ form: CSVForm = .system, name: String) throws -> String {
      var (bytes, records): ([UInt8], RawRecords) = ([], try raw(path, nil))
      try records.write(format, form, sheet: "名册") { bytes += $0 }
      return try scratch.file(name, bytes)
    }
  }

  @Test(
    "what was written in one format and then in another is read as it was", arguments: headings,
    [("csv", "xlsx"), ("xlsx", "xml"), ("xml", "json"), ("json", "ndjson"), ("ndjson", "csv")])
  func roundTrip(headings: [String], formats: (String, String)) throws {
    for seed in 1...2 as ClosedRange<UInt64> {
      let files = try Files()
      let rows = Self.records(headings, seed: seed)
      let source = rows.map { $0.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") }
      let start = try files.scratch.file("a.csv", source.joined(separator: "\r\n"))
      let expected = rows.map { JSONValue.list($0.map { .text($0) }).line }
      #expect(try files.lines(start) == expected)
      let first = try files.written(start, #require(WrittenFormat(rawValue: formats.0)), name: "b." + formats.0)
      #expect(try files.lines(first) == expected)
      let second = try files.written(first, #require(WrittenFormat(rawValue: formats.1)), name: "c." + formats.1)
      #expect(try files.lines(second) == expected)
    }
  }

  @Test("CSV in GB 18030 is read by Python, and by us, as it was")
  func gb18030() throws {
    let files = try Files()
    // Python's table of the private-use characters is of another edition.
    let rows = Self.records(Self.headings[0], seed: 3).filter { row in !row.contains("\u{E000}") }
    let start = try files.scratch.file(
      "a.csv",
      rows.map { $0.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") }.joined(separator: "\n"))
    let form = CSVForm(encoding: .gb18030, hasMark: false, endsWithCRLF: true, guardsFormulas: false)
    let written = try files.written(start, .csv, form, name: "b.csv")
    let expected = rows.map { JSONValue.list($0.map { .text($0) }).line }
    #expect(try files.lines(written, .gb18030) == expected)
    let script = """
      import sys,csv,io,json
      rows=csv.reader(io.StringIO(open(sys.stdin.read(),'rb').read().decode('gb18030'),newline=''))
      sys.stdout.buffer.write(json.dumps(list(rows),ensure_ascii=False).encode())
      """
    let read = String(decoding: try Python.run(script, input: Array(written.utf8)), as: UTF8.self)
    let same = String(
      decoding: try Python.run(
        "import sys,json;sys.stdout.buffer.write(json.dumps(json.loads(sys.stdin.buffer.read()),ensure_ascii=False).encode())",
        input: Array(("[" + expected.joined(separator: ",") + "]").utf8)), as: UTF8.self)
    #expect(read == same)
  }

  @Test("for people CSV has a mark, CR LF, and an apostrophe before what a spreadsheet would run")
  func people() throws {
    let writer = try CSVWriter(["姓名", "备注"], .people)
    try writer.append(["=1+1", "-5"])
    try writer.append(["＠甲", "-甲\"乙"])
    try writer.append(["\n=1", "a"])
    let expected = "\u{FEFF}姓名,备注\r\n'=1+1,-5\r\n'＠甲,\"'-甲\"\"乙\"\r\n\"'\n=1\",a\r\n"
    #expect(writer.pending == Array(expected.utf8))
  }

  @Test("what a format cannot hold is refused by the column, and nothing of the record is written")
  func refusals() throws {
    func refusal(_ format: WrittenFormat, _ columns: [String], _ row: [String]) -> UnwritableValue? {
      do throws(UnwritableValue) {
        let writer = try format.writer(columns.map { WrittenColumn($0) }, sheet: "名册")
        let before = writer.pending
        do throws(UnwritableValue) {
          try writer.append(row)
          return nil
        } catch {
          #expect(writer.pending == before)
          throw error
        }
      } catch {
        return error
      }
    }
    #expect(refusal(.xml, ["a", "b"], ["", "x\u{1}"]) == UnwritableValue(column: 1, .character(1)))
    #expect(refusal(.xml, ["a"], ["\u{FFFE}"]) == UnwritableValue(column: 0, .character(0xFFFE)))
    #expect(refusal(.xml, ["a\u{0}"], []) == UnwritableValue(column: 0, .character(0)))
    #expect(refusal(.xlsx, ["a"], ["x\u{0}\u{FFFF}"]) == nil)
    #expect(
      refusal(.xlsx, ["a"], [String(repeating: "甲", count: 32_768)]) == UnwritableValue(column: 0, .tooLong(limit: 32_767)))
    #expect(
      refusal(.xlsx, ["a"], [String(repeating: "𠂇", count: 16_384)]) == UnwritableValue(column: 0, .tooLong(limit: 32_767)))
    #expect(refusal(.xlsx, ["a"], [String(repeating: "甲", count: 32_767)]) == nil)
    for format in [WrittenFormat.json, .ndjson, .xml] {
      #expect(refusal(format, ["a", "b", "a"], []) == UnwritableValue(column: 2, .repeatedHeading))
      #expect(refusal(format, ["é", "e\u{301}"], ["1", "2"]) == nil)
      #expect(refusal(format, ["a"], ["1", "2"]) == UnwritableValue(column: 1, .tooManyValues))
    }
  }

  @Test(
    "a table that no dataset has is taken from its first row, or from the line that is named",
    arguments: [(nil, "x,y\n1,2\n姓名,4\n"), (2, "1,2\n姓名,4\n")] as [(Int?, String)])
  func unknownTable(line: Int?, expected: String) throws {
    let files = try Files()
    let path = try files.scratch.file("a.txt", "x;y\n1;2\n姓名;4\n")
    var (bytes, records): ([UInt8], RawRecords) = ([], try files.raw(path, nil, headerLine: line))
    try records.write(.csv, .system, sheet: "") { bytes += $0 }
    #expect(bytes == Array(expected.utf8))
  }

  @Test("a heading that is longer than a value may be costs no record")
  func longHeading() throws {
    let files = try Files()
    let path = try files.scratch.file("a.txt", String(repeating: "x", count: 70_000) + ",b\n1,2\n3,4\n")
    var (bytes, records): ([UInt8], RawRecords) = ([], try files.raw(path, nil))
    try records.write(.csv, .system, sheet: "") { bytes += $0 }
    #expect(bytes.suffix(9).elementsEqual("b\n1,2\n3,4\n".utf8.suffix(9)) && records.unreadable.count == 0)
  }

  @Test("more columns than are read refuse the file by the name of the limit", arguments: ["csv", "xlsx"])
  func wideTables(format: String) throws {
    let files = try Files()
    let row = (1...600).map(String.init)
    let writer = try #require(WrittenFormat(rawValue: format)).writer(row.map { WrittenColumn($0) }, sheet: "a")
    try writer.append(row)
    try writer.finish()
    let path = try files.scratch.file("a." + format, writer.pending)
    var records = try files.raw(path, nil)
    let error = #expect(throws: InputError.self) { try records.eachLine { _ in } }
    #expect(error?.limit == .columns)
  }

  @Test("a sheet goes on with the next one where its rows end, and all are read as one table")
  func manySheets() throws {
    let files = try Files()
    let writer = try XLSXWriter([WrittenColumn("姓名"), WrittenColumn("数", isNumber: true)], sheet: "名册", rowLimit: 4)
    for row in 1...8 { try writer.append(["甲", String(row)]) }
    try writer.finish()
    let path = try files.scratch.file("a.xlsx", writer.pending)
    let book = try Workbook(FileSurvey(InputFile(path: path), encoding: nil).text)
    #expect(book.sheets.map(\.name) == ["名册", "名册 2", "名册 3"])
    var (bytes, records): ([UInt8], RawRecords) = ([], try files.raw(path, nil, sheet: "all"))
    try records.write(.csv, .system, sheet: "") { bytes += $0 }
    #expect(bytes == Array(("姓名,数\n" + (1...8).map { "甲,\($0)\n" }.joined()).utf8))
  }
}
