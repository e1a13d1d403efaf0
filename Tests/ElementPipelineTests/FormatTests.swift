import ElementCore
import ElementFormats
import ElementGenerator
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

@Suite("One delivery in every format")
struct FormatTests {
  static let formats = ["gb18030.csv", "csv.gz", "xlsx", "xml", "json", "ndjson"]

  /// A dirty delivery as rows of text, header first: those that every format can hold.
  private static func rows(_ name: String) throws -> [[String]] {
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset(name))
    var options = DeliveryGenerator.Options(rows: 1_200, seed: 23)
    options.dirty = 10
    options.duplicates = 3
    options.fields = dataset.fields.map(\.name)
    var generator = DeliveryGenerator(dataset, pack: pack, options: options)
    var bytes: [UInt8] = []
    generator.generate(write: { bytes += $0 }, tell: { _ in })
    let rows = ObviousCSV.records(bytes).map { row in row.compactMap { String(validating: $0, as: UTF8.self) } }
    let width = rows.first?.count ?? 0
    // What XML does not allow at all no file of XML can hold; the other formats have tests of their own for it.
    return rows.filter { row in
      row.count == width
        && row.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0xFFFE || $0 == "\n" || $0 == "\t" } }
    }
  }

  private static func csv(_ rows: [[String]]) -> String {
    rows.map { $0.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n" }.joined()
  }

  /// The rows in a format, by other people's programs or by hand.
  private static func bytes(_ rows: [[String]], _ format: String) throws -> [UInt8] {
    let header = rows[0]
    func pairs(_ row: [String]) -> String {
      "{" + zip(header, row).map { "\(JSONValue.text($0).line):\(JSONValue.text($1).line)" }.joined(separator: ",") + "}"
    }
    switch format {
    case "gb18030.csv":
      return try Python.run(
        "import sys;sys.stdout.buffer.write(sys.stdin.buffer.read().decode().encode('gb18030'))", input: Array(csv(rows).utf8))
    case "csv.gz": return try Gzip.pack(Array(csv(rows).utf8))
    case "xlsx": return try TestWorkbook.pack([("名册", "visible", TestWorkbook.rows(rows))])
    case "xml":
      let records = rows.dropFirst().map { row in
        let fields = zip(header, row).map { "<f name='\(TestWorkbook.escaped($0))'>\(TestWorkbook.escaped($1))</f>" }
        return "<record>\(fields.joined())</record>\n"
      }
      return Array(("<?xml version='1.0'?>\n<records>" + records.joined() + "</records>").utf8)
    case "json": return Array(("[" + rows.dropFirst().map(pairs).joined(separator: ",\n") + "]").utf8)
    default: return Array(rows.dropFirst().map { pairs($0) + "\n" }.joined().utf8)
    }
  }

  /// What a load comes to: counts, findings without their places, and the digest of the warehouse.
  private func outcome(_ bytes: [UInt8], _ dataset: String, _ name: String) throws -> (
    counts: RunCounts, findings: [String], digest: String
  ) {
    let roster = try Roster()
    let result = try roster.run(.load, [try roster.scratch.file(name, bytes)]) {
      $0.dataset = dataset
      $0.jobs = 2
    }
    let findings = result.inputs[0].findings.findings.map { "\($0.row) \($0.code) \($0.field) \($0.value) \($0.expected)" }
    return (result.counts, findings.sorted(), try #require(result.digest))
  }

  @Test("counts, findings and the warehouse are the same", arguments: ["registeredResident", "event", "grid"])
  func sameOutcome(dataset: String) throws {
    let rows = try Self.rows(dataset)
    let expected = try outcome(Array(Self.csv(rows).utf8), dataset, "r.csv")
    #expect(expected.counts.quarantined > 50 && expected.counts.created > 500)
    for format in Self.formats {
      let found = try outcome(try Self.bytes(rows, format), dataset, "r." + format)
      #expect(found.counts == expected.counts, "\(format)")
      #expect(found.findings == expected.findings, "\(format)")
      #expect(found.digest == expected.digest, "\(format)")
    }
  }

  @Test("a key that first comes late is a column like the others, and one that no field has is told")
  func lateColumns() throws {
    let roster = try Roster()
    let many = (1...3_000).map { "{\"公民身份号码\":\"11010519491231002X\",\"姓名\":\"示例甲\",\"n\":\($0)}\n" }.joined()
    let late =
      "{\"公民身份号码\":\"440524188001010014\",\"姓名\":\"示例乙\",\"曾用名\":\"示例丙\",\"未知\":\"\(String(repeating: "x", count: 300_000).prefix(60_000))\"}\n"
    let file = try roster.file("r.ndjson", many + late)
    let result = try roster.run(.load, [file])
    #expect(result.counts.read == 3_001)
    #expect(result.inputs[0].map.headings == ["公民身份号码", "姓名", "n", "曾用名", "未知"])
    #expect(
      try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["usedName"]).contains(["示例丙"]))
    #expect(result.allFindings.contains { $0.facts["headers"]?.contains("未知") == true })
  }

  @Test("codes that a file gives as numbers are told, and wait where digits are gone")
  func numbers() throws {
    let roster = try Roster()
    let sheet = """
      <sheetData><row><c t='inlineStr'><is><t>公民身份号码</t></is></c><c t='inlineStr'><is><t>姓名</t></is></c>\
      <c t='inlineStr'><is><t>性别</t></is></c></row>\
      <row><c><v>3.20699199001010E+17</v></c><c t='inlineStr'><is><t>示例甲</t></is></c></row>\
      <row><c t='inlineStr'><is><t>11010519491231002X</t></is></c><c t='inlineStr'><is><t>示例乙</t></is></c><c><v>2</v></c></row></sheetData>
      """
    let file = try roster.scratch.file("r.xlsx", try TestWorkbook.pack([("名册", "visible", sheet)]))
    let result = try roster.run(.check, [file])
    #expect(roster.errors(result) == ["1 V1124"])
    #expect(roster.codes(result, .info).contains("V1125"))
    #expect(result.counts.created == 1)
    let json = try roster.file("r.json", "[{\"公民身份号码\":110105194912310021,\"姓名\":\"示例甲\"}]")
    #expect(roster.errors(try roster.run(.check, [json])) == ["1 V1124"])
  }

  @Test("several values of an item, values nested too deep and a second mark are told, whatever the format is")
  func oddities() throws {
    let roster = try Roster()
    let people = "{\"公民身份号码\":\"11010519491231002X\",\"姓名\":\"示例甲\",\"曾用名\":[\"示例乙\",\"示例丙\"]}"
    let deep =
      "{\"公民身份号码\":\"440524188001010014\",\"姓名\":\(String(repeating: "[", count: 70))\(String(repeating: "]", count: 70))}"
    let json = try roster.run(.check, [try roster.file("r.json", "\u{FEFF}\u{FEFF}[\(people),\(deep)]")])
    #expect(roster.codes(json, .warning).contains("V1020") && roster.errors(json) == ["2 S0113"])
    #expect(roster.codes(json, .info).contains("F0119") && json.counts.created == 1)
    for (title, waits) in [("曾用名", false), ("姓名", true)] {
      let names = "<姓名>示例甲</姓名><\(title)>示例乙</\(title)>" + (waits ? "" : "<\(title)>示例丙</\(title)>")
      let element = "<record><公民身份号码>11010519491231002X</公民身份号码>\(names)</record>"
      let xml = try roster.run(.check, [try roster.file("r.xml", "<records>\(element)</records>")])
      #expect(roster.codes(xml, waits ? .error : .warning).contains("V1020") && xml.counts.quarantined == (waits ? 1 : 0))
    }
    let list = try roster.run(.check, [try roster.file("l.json", "[{\"公民身份号码\":[320699197702210055],\"姓名\":\"示例甲\"}]")])
    #expect(roster.errors(list) == ["1 V1124"])
    let csv = try roster.run(.check, [try roster.file("r.csv", "\u{FEFF}\u{FEFF}<必填>公民身份号码,姓名\n11010519491231002X,示例甲\n")])
    #expect(roster.codes(csv, .info).contains("F0119") && csv.counts.created == 1)
  }

  @Test("of all sheets those are read that have a header; the others are named")
  func allSheets() throws {
    let roster = try Roster()
    let sheets = [("11010519491231002X", "一组"), ("440524188001010014", "二组")].map { number, name in
      (name, "visible", TestWorkbook.rows([["公民身份号码", "姓名"], [number, "示例甲"]]))
    }
    let notes = ("说明", "visible", TestWorkbook.rows([["填表说明"]]))
    let file = try roster.scratch.file("a.xlsx", try TestWorkbook.pack([sheets[0], notes, sheets[1]]))
    let result = try roster.run(.check, [file]) { $0.sheet = "all" }
    #expect(result.counts.created == 2)
    #expect(result.allFindings.contains { $0.code == RuleCode("F0109") && $0.facts["sheets"] == "说明" })
  }

  @Test(
    "a header far below the first rows is found where a person points at it, and stars tell nothing of two rows of headings")
  func headings() throws {
    let roster = try Roster()
    let notes = (1...45).map { ["说明\($0)"] }
    let far = TestWorkbook.rows(notes + [["公民身份号码", "姓名"], ["11010519491231002X", "示例甲"]])
    let file = try roster.scratch.file("a.xlsx", try TestWorkbook.pack([("表", "visible", far)]))
    #expect(try roster.run(.check, [file]) { $0.headerLine = 46 }.counts.created == 1)
    let two = TestWorkbook.rows([
      ["*姓名", "公民身份号码*", "户主信息", "", "联系方式"], ["", "", "姓名", "＊公民身份号码", ""],
      ["示例甲", "11010519491231002X", "示例乙", "440524188001010014", ""],
    ])
    let starred = try roster.scratch.file("b.xlsx", try TestWorkbook.pack([("表", "visible", two)]))
    let result = try roster.run(.check, [starred])
    #expect(result.inputs[0].map.fieldOfColumn.compactMap { $0 }.count == 5 && result.counts.created == 1)
  }

  @Test(
    "the version of a form is told where it stands in the first cell (datasets.md §5.1)",
    arguments: ["1.0", "2.13.1", "1", "1.", "名册", "１.０"])
  func templateVersion(cell: String) throws {
    let roster = try Roster()
    let rows = TestWorkbook.rows([[cell, "某街道户籍人口名册"], ["公民身份号码", "姓名"], ["11010519491231002X", "示例甲"]])
    let file = try roster.scratch.file("a.xlsx", try TestWorkbook.pack([("表", "visible", rows)]))
    let input = try #require(try roster.run(.check, [file]).inputs.first)
    let isVersion = ["1.0", "2.13.1"].contains(cell)
    let workbook = try Workbook(try InputFile(path: file))
    let layout = try SheetSniffer(workbook, workbook.sheets[0]).layout(
      headerLine: input.headerLine, HeaderScale(enough: .max) { _ in 1 })
    #expect(layout.templateVersion == (isVersion ? cell : nil))
  }

  @Test("of several sheets the roster is read and the others are named; two rosters need a word")
  func sheets() throws {
    let roster = try Roster()
    let people = TestWorkbook.rows([["某街道户籍人口名册"], ["公民身份号码*", "姓 名"], ["11010519491231002X", "示例甲"]])
    let notes = TestWorkbook.rows([["填表说明"]])
    let one = try roster.scratch.file(
      "a.xlsx", try TestWorkbook.pack([("说明", "visible", notes), ("人口", "visible", people), ("bean", "hidden", people)]))
    let result = try roster.run(.check, [one])
    #expect(result.inputs[0].sheet == "人口" && result.inputs[0].headerLine == 2)
    #expect(result.allFindings.contains { $0.code == RuleCode("F0109") && $0.facts["sheets"] == "说明、bean" })
    #expect(result.counts.created == 1)
    let two = try roster.scratch.file("b.xlsx", try TestWorkbook.pack([("一组", "visible", people), ("二组", "visible", people)]))
    let error = #expect(throws: InputError.self) { try roster.run(.check, [two]) }
    #expect(error?.kind == .usage && error?.message.en.contains("一组") == true)
    #expect(try roster.run(.check, [two]) { $0.sheet = "二组" }.counts.read == 1)
    #expect(try roster.run(.check, [two]) { $0.sheet = "1" }.inputs[0].sheet == "一组")
    let all = try roster.run(.check, [two]) { $0.sheet = "all" }
    #expect(all.counts.read == 2 && all.counts.duplicate == 1)
    #expect(#expect(throws: InputError.self) { try roster.run(.check, [two]) { $0.sheet = "三组" } }?.kind == .usage)
  }

  @Test(
    "what stands on hidden sheets alone is read where it is asked for, and else named", arguments: [nil, "all"] as [String?])
  func hiddenSheets(wish: String?) throws {
    let roster = try Roster()
    let people = TestWorkbook.rows([["公民身份号码", "姓名"], ["11010519491231002X", "示例甲"]])
    let file = try roster.scratch.file(
      "a.xlsx", try TestWorkbook.pack([("表", "visible", "<sheetData/>"), ("旧表", "hidden", people)]))
    let error = #expect(throws: InputError.self) { try roster.run(.check, [file]) { $0.sheet = wish } }
    #expect(error?.message.zh.contains("旧表") == true && error?.hint.en.contains("--sheet") == true)
    #expect(try roster.run(.check, [file]) { $0.sheet = "旧表" }.counts.read == 1)
  }

  @Test("rows of a sheet may come in any order")
  func rowOrder() throws {
    let roster = try Roster()
    func row(_ number: Int, _ cells: [String]) -> String {
      "<row r='\(number)'>" + cells.map { "<c t='inlineStr'><is><t>\($0)</t></is></c>" }.joined() + "</row>"
    }
    let sheet =
      "<sheetData>" + row(1, ["公民身份号码", "姓名"]) + row(7, ["11010519491231002X", "示例甲"]) + row(3, ["440524188001010014", "示例乙"])
      + row(4, ["440524188001010014", "示例丙"]) + "</sheetData>"
    let file = try roster.scratch.file("r.xlsx", try TestWorkbook.pack([("名册", "visible", sheet)]))
    let result = try roster.run(.check, [file])
    #expect(result.counts.created == 1)
    #expect(result.inputs[0].findings.findings.filter { $0.severity == .error }.map(\.line) == [3, 4])
  }

  @Test("headings in two rows are read together")
  func twoRows() throws {
    let roster = try Roster()
    let rows = [
      ["姓名", "公民身份号码", "户主", "", "联系方式"], ["", "", "姓名", "公民身份号码", ""],
      ["示例甲", "11010519491231002X", "示例乙", "440524188001010014", "13912345678"],
    ]
    let file = try roster.scratch.file("r.xlsx", try TestWorkbook.pack([("名册", "visible", TestWorkbook.rows(rows))]))
    let result = try roster.run(.load, [file])
    #expect(result.inputs[0].map.headings == ["姓名", "公民身份号码", "户主姓名", "户主公民身份号码", "联系方式"])
    let stored = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["personName", "householderName"])
    #expect(stored == [["示例甲", "示例乙"]])
  }

  @Test("a file that is not of the format that was pinned is refused by its real one", arguments: ["xlsx", "json", "xml"])
  func pinnedFormat(format: String) throws {
    let roster = try Roster()
    let file = try roster.file("r.csv", "公民身份号码,姓名\n11010519491231002X,示例甲\n")
    let error = #expect(throws: InputError.self) { try roster.run(.check, [file]) { $0.format = format } }
    #expect(error?.kind == .foreignFormat && error?.message.en.contains("but csv") == true)
    #expect(try roster.run(.check, [file]) { $0.format = "csv" }.counts.read == 1)
  }
}
