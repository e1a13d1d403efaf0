import ElementCore
import ElementFormats
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

struct LoadTests {
  let roster: Roster
  static let number = "11010519491231002X"
  static let header = "公民身份号码,姓名,所属网格\n"
  static let grids =
    "网格编码,网格名称,村（社区）名称\n01000032068200100101,第一网格,东街社区\n01000032068200100102,第二网格,东街社区\n01000032068200200101,第一网格,西街社区\n"

  init() throws { roster = try Roster() }

  @Test func `the same rows are unchanged, other content is an update, and the old version is kept`() throws {
    let first = try roster.file("1.csv", Self.header + "11010519491231002X,示例甲,\n440524188001010014,示例乙,\n")
    #expect(try roster.run(.load, [first]).counts.created == 2)
    let second = try roster.file("2.csv", Self.header + "440524188001010014,示例丙,\n11010519491231002X,示例甲,\n")
    let result = try roster.run(.load, [second])
    #expect((result.counts.updated, result.counts.unchanged, result.counts.created) == (1, 1, 0))
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident_history", fields: ["personName"])
    #expect(rows == [["示例乙"]])
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `the same delivery is skipped when nothing of it waits, and runs again when asked`() throws {
    let file = try roster.file("1.csv", Self.header + "11010519491231002X,示例甲,\n")
    #expect(try roster.run(.load, [file]).outcome == .loaded)
    #expect(try roster.run(.load, [file]).outcome == .unchanged)
    #expect(try roster.run(.load, [file]) { $0.again = true }.counts.unchanged == 1)
  }

  @Test func `a delivery with rows that wait is not skipped`() throws {
    let file = try roster.file("1.csv", Self.header + "11010519491231002X,示例甲,\n110105194912310021,示例乙,\n")
    #expect(try roster.run(.load, [file]).counts.quarantined == 1)
    #expect(try roster.run(.load, [file]).outcome == .loaded)
  }

  @Test func `a dry run counts the same and leaves nothing behind`() throws {
    let file = try roster.file(
      "1.csv", Self.header + "11010519491231002X,示例甲,\n11010519491231002X,示例甲,\n440524188001010014,,\n")
    let dry = try roster.run(.load, [file]) { $0.dryRun = true }
    #expect(dry.outcome == .dryRun)
    #expect(!FileManager.default.fileExists(atPath: roster.warehouse))
    #expect(try roster.run(.load, [file]).counts == dry.counts)
    #expect((dry.counts.created, dry.counts.duplicate, dry.counts.quarantined) == (1, 1, 1))
  }

  @Test func `rows of one key that differ all wait, and each names the others`() throws {
    let text = "11010519491231002X,示例甲,\n440524188001010014,示例乙,\n11010519491231002X,示例甲,\n11010519491231002X,示例丁,\n"
    let result = try roster.run(.load, [try roster.file("1.csv", Self.header + text)])
    #expect(roster.errors(result) == ["1 G2005", "3 G2005", "4 G2005"])
    #expect((result.counts.created, result.counts.duplicate, result.counts.quarantined) == (1, 0, 3))
    let finding = try #require(result.inputs[0].findings.findings.first { $0.row == 4 && $0.code == RuleCode("G2005") })
    #expect(finding.facts["others"] == "2、4")
    #expect(finding.facts["fields"] == "姓名")
    #expect(
      try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["personName"]) == [["示例乙"]])
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `a conflict gives an updated row its stored content back`() throws {
    _ = try roster.run(.load, [try roster.file("1.csv", Self.header + "11010519491231002X,示例甲,\n")])
    let result = try roster.run(
      .load, [try roster.file("2.csv", Self.header + "11010519491231002X,示例乙,\n11010519491231002X,示例丙,\n")])
    #expect((result.counts.updated, result.counts.quarantined) == (0, 2))
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.rows(of: "registeredResident", fields: ["personName"]) == [["示例甲"]])
    #expect(try warehouse.rows(of: "registeredResident_history", fields: ["personName"]).isEmpty)
  }

  @Test func `references are taken by code and by name inside the sender's area`() throws {
    let grids = try roster.file("grids.csv", Self.grids)
    let residents = try roster.file(
      "r.csv",
      Self.header
        + "11010519491231002X,示例甲,01000032068200100102\n440524188001010014,示例乙,第二网格\n320622190001010020,示例丙,西街社区第一网格\n320622190001010071,示例丁,第九网格\n320622190001010012,示例戊,01000032068200100199\n"
    )
    let result = try roster.run(.load, [residents, grids]) { $0.area = "320682001001" }
    #expect(roster.errors(result) == ["4 G2001", "5 G2001"])
    #expect(result.fixCounts[RuleCode("N0103")] == 2)
    let stored = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["gridCode", "personName"])
    #expect(stored == [["01000032068200100102", "示例乙"], ["01000032068200100102", "示例甲"], ["01000032068200200101", "示例丙"]])
  }

  @Test func `a bare name needs an area, and one that several have is listed`() throws {
    let grids = try roster.file("grids.csv", Self.grids)
    let residents = try roster.file("r.csv", Self.header + "11010519491231002X,示例甲,第一网格\n")
    #expect(roster.errors(try roster.run(.check, [grids, residents]), input: 1) == ["1 G2001"])
    let result = try roster.run(.check, [grids, residents]) { $0.area = "320682" }
    #expect(roster.errors(result, input: 1) == ["1 G2002"])
    #expect(
      result.inputs[1].findings.findings.first { $0.code == RuleCode("G2002") }?.facts["candidates"]
        == "01000032068200100101、01000032068200200101")
  }

  @Test func `without grids the reference is not evaluated, said once; grids after residents are known to the next load`()
    throws
  {
    let residents = try roster.file(
      "r.csv", Self.header + "11010519491231002X,示例甲,东街社区第一网格\n440524188001010014,示例乙,01000032068200100101\n")
    let first = try roster.run(.load, [residents])
    #expect(first.notEvaluated.map(\.code) == [RuleCode("G2001")])
    #expect(first.counts.created == 2)
    _ = try roster.run(.load, [try roster.file("grids.csv", Self.grids)])
    let again = try roster.run(.load, [residents]) { $0.again = true }
    #expect(again.notEvaluated.isEmpty)
    // The name is now read as its code, the other row is as it was.
    #expect((again.counts.updated, again.counts.unchanged) == (1, 1))
  }

  @Test func `two householders of one household wait, and none is told`() throws {
    let text = "公民身份号码,姓名,户号,与户主关系\n11010519491231002X,示例甲,A1,户主\n440524188001010014,示例乙,A1,户主\n320622190001010020,示例丙,A2,妻\n"
    let file = try roster.file("r.csv", text)
    let result = try roster.run(.check, [file])
    #expect(roster.errors(result) == ["1 G2003", "2 G2003"])
    #expect(result.findings.counts[.init(code: RuleCode("G2004"), severity: .info)] == 1)
    #expect(roster.errors(try roster.run(.check, [file]) { $0.isComplete = true }) == ["1 G2003", "2 G2003", "3 G2004"])
  }

  @Test func `grid codes of another scheme are one finding and hold no row`() throws {
    let text =
      Self.header
      + "11010519491231002X,示例甲,110105005012001\n440524188001010014,示例乙,110105005012002\n320622190001010020,示例丙,01000032068200100100\n"
    let result = try roster.run(.load, [try roster.file("r.csv", text)])
    #expect(roster.errors(result).isEmpty)
    #expect(result.findings.counts[.init(code: RuleCode("F0105"), severity: .warning)] == 1)
    #expect(result.counts.created == 3)
    #expect(roster.errors(try roster.run(.check, [try roster.file("r.csv", text)]) { $0.gridScheme = "unit15" }) == ["3 V1101"])
  }

  @Test func `a minority of wrong grid codes wait one by one`() throws {
    let text =
      Self.header
      + "11010519491231002X,示例甲,01000032068260000100\n440524188001010014,示例乙,01000032068200100100\n320622190001010020,示例丙,01000032068200100100\n"
    let result = try roster.run(.load, [try roster.file("r.csv", text)])
    #expect(roster.errors(result) == ["1 V1201"])
    #expect((result.counts.created, result.counts.quarantined) == (2, 1))
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `columns that are unknown or left out are never stored anywhere`() throws {
    let canary = "CANARY\(UInt32.random(in: 0...9_999_999))"
    let text = "公民身份号码,姓名,备注,宗教信仰\n11010519491231002X,示例甲,\(canary),\(canary)\n110105194912310021,示例乙,\(canary),\(canary)\n"
    _ = try roster.run(.load, [try roster.file("r.csv", text)])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: roster.warehouse))
    #expect(bytes.range(of: Data(canary.utf8)) == nil)
  }

  @Test(arguments: [String.Encoding.utf8, .utf16LittleEndian])
  func `a compressed roster gives the same counts, findings, rows and places`(_ encoding: String.Encoding) throws {
    let text = Self.header + "11010519491231002X,示例甲,\n110105194912310021,示例乙,\n"
    let bytes = (encoding == .utf8 ? [] : [0xFF, 0xFE]) + [UInt8](try #require(text.data(using: encoding)))
    let plain = try roster.scratch.file("r.csv", bytes)
    let packed = try roster.scratch.file("r.csv.gz", try Gzip.pack(bytes))
    let other = try Roster()
    let (left, right) = (try roster.run(.load, [plain]), try other.run(.load, [packed]))
    #expect(left.counts == right.counts)
    #expect(left.digest == right.digest)
    #expect(left.inputs[0].findings.anonymous == right.inputs[0].findings.anonymous)
    #expect(left.inputs[0].sha256 != right.inputs[0].sha256)
    let warehouse = try Warehouse(path: other.warehouse, mode: .read)
    #expect(try warehouse.verify(batch: 1, source: try InputFile(path: packed)).isEmpty)
    let fields = ["row", "line", "byte_start", "sha256"]
    #expect(
      try warehouse.rows(of: "quarantine", fields: fields)
        == Warehouse(path: roster.warehouse, mode: .read).rows(of: "quarantine", fields: fields))
  }

  @Test func `quarantine keeps the mapped fields as written, and findings mask them`() throws {
    _ = try roster.run(.load, [try roster.file("r.csv", Self.header + "110105194912310021,示例乙,\n")])
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(
      try warehouse.rows(of: "quarantine", fields: ["reasons", "row", "line", "raw"])
        == [["V1103", "1", "2", "110105194912310021,示例乙,"]])
    #expect(try warehouse.rows(of: "finding", fields: ["value", "code"]).contains(["110105********0021", "V1103"]))
    #expect(try warehouse.verify(batch: 1, source: try InputFile(path: roster.scratch.path + "/r.csv")).isEmpty)
  }

  @Test(arguments: [
    ("a.csv", "公民身份号码,姓名,秘密,性别\n\(number),示例甲,x,\"1,y\n", "S0104", "\(number),示例甲"),
    ("a.csv", "公民身份号码,秘密,姓名,性别\n\(number),欠款,电话,\"示例甲\n", "S0104", "\(number)"),
    ("a.csv", "公民身份号码,姓名,性别\n\(number),\"示例\"\"甲\",\"1\n", "S0104", "\(number),\"示例\"\"甲\""),
    ("a.csv", "公民身份号码,姓名,秘密,性别\n\(number),\"甲,\"秘密\",\"1\"\n", "S0105", "\(number)"),
    ("a.csv", "公民身份号码,姓名,秘密,性别\n\(number),示例甲,\"x\"y,1\n", "S0105", "\(number),示例甲"),
    ("a.csv", "秘密,公民身份号码,姓名,性别\nx,\(number),示例甲", "S0101", ""),
    ("a.csv", "公民身份号码,姓名,秘密,性别\n\(number),示例甲 x,1", "S0101", "\(number)"),
    ("a.csv", "公民身份号码,姓名,秘密,性别\n\(number),示例甲,x,y,1\n", "S0101", "\(number),示例甲"),
    ("a.csv", "公民身份号码,姓名,性别\n\(number),示例甲", "S0101", "\(number),示例甲"),
    ("a.csv", "秘密,公民身份号码,姓名,性别\n\"x,\(number),示例甲\n", "S0104", ""),
    ("a.ndjson", "{\"公民身份号码\":\"\(number)\",\"秘密\":\"x\",\"姓名\":\"示例甲\",\"性别\":1x}\n", "S0108", "\(number),示例甲,"),
    ("a.ndjson", "{\"公民身份号码\":\"\(number)\",\"姓名\":\"示例甲\n", "S0108", "\(number),"),
    ("a.ndjson", "{\"性别\":\"1\",\"公民身份号码\":\"\",\"姓名\":\"示例甲\",}\n", "S0108", "1,,示例甲"),
    (
      "a.xml", "<records><record>x<公民身份号码>\(number)</公民身份号码><秘密>y</秘密><姓名>示例甲</姓名></record></records>", "S0111",
      "\(number),示例甲"
    ),
  ])
  func `of a record that cannot be taken apart quarantine keeps the mapped fields that can be told, and nothing else`(
    name: String, text: String, reason: String, raw: String
  ) throws {
    let file = try roster.file(name, text)
    _ = try roster.run(.load, [file]) { $0.dataset = "registeredResident" }
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.rows(of: "quarantine", fields: ["reasons", "raw"]) == [[reason, raw]])
    #expect(try warehouse.verify(batch: 1, source: try InputFile(path: file)).isEmpty)
  }

  @Test func `a load keeps every error, a check a thousand of a code, unless a list is asked for`() throws {
    let rows = (0..<2_500).map { "1101051949123100\($0 % 10)1,示例\($0),\n" }.joined()
    let file = try roster.file("r.csv", Self.header + rows)
    func errors(_ result: RunResult) -> Int { result.allFindings.count { $0.severity == .error } }
    let checks = try [true, false].map { keepsAll in
      try roster.run(.check, [file]) {
        $0.keepsAllFindings = keepsAll
        $0.dataset = "registeredResident"
      }
    }
    let result = try roster.run(.load, [file]) {
      $0.keepsAllFindings = false
      $0.dataset = "registeredResident"
    }
    let all = result.findings.count(.error)
    #expect(all >= 2_500 && errors(result) == all && errors(checks[0]) == all && errors(checks[1]) < all)
    #expect(checks.map { $0.findings.count(.error) } == [all, all])
    let kept = try Warehouse(path: roster.warehouse, mode: .read).rows(of: "finding", fields: ["row", "severity"])
    #expect(kept.count { $0[1] == "error" } == all)
    #expect(Set(kept.filter { $0[1] == "error" }.map { $0[0] }).count == 2_500)
  }

  @Test func `a column that is masked is one finding, in the warehouse too`() throws {
    let rows = (0..<2_500).map { "110105********\(1000 + $0),示例\($0),\n" }.joined()
    let result = try roster.run(.load, [try roster.file("r.csv", Self.header + rows)]) { $0.keepsAllFindings = false }
    #expect(roster.codes(result).contains("F0104") && !roster.codes(result).contains("V1016"))
    let kept = try Warehouse(path: roster.warehouse, mode: .read).rows(of: "finding", fields: ["code"])
    #expect(kept.contains(["F0104"]) && !kept.contains(["V1016"]) && result.counts.quarantined == 2_500)
  }

  /// More rows than are read again at once, in a format whose readers start anywhere and in one whose do not.
  @Test(arguments: ["csv", "xlsx"])
  func `keys that stand with different contents wait, however many and far apart they are`(format: String) throws {
    let keys = 4_200
    let rows = (0..<2 * keys).map { row in
      // The second half has the keys of the first in the other direction; some differ in two columns, all in one.
      let key = row < keys ? row : 2 * keys - 1 - row
      return ["W\(10_000 + key)", "示例\(row)", row < keys || key % 2 == 0 ? "1" : "2"]
    }
    let header = ["人员编号", "网格员姓名", "专兼职"]
    let file =
      try format == "csv"
      ? roster.file("r.csv", ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined())
      : roster.scratch.file("r.xlsx", TestWorkbook.pack([("表", "visible", TestWorkbook.rows([header] + rows))]))
    let result = try roster.run(.load, [file]) { $0.dataset = "gridMember" }
    let kept = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try kept.rows(of: "quarantine", fields: ["raw"]).map { $0[0] } == rows.map { $0.joined(separator: ",") }.sorted())
    #expect(try kept.rows(of: "gridMember", fields: ["personNum"]).isEmpty && kept.verify().differences.isEmpty)
    let found = result.allFindings.filter { $0.code == RuleCode("G2005") }.sorted { $0.row < $1.row }
    #expect(found.map(\.row) == Array(1...2 * keys))
    #expect(found.allSatisfy { $0.related.map(\.line) == [2 * keys + 3 - $0.line] && $0.line == $0.row + 1 })
    #expect(found.allSatisfy { $0.facts["fields"] == (min($0.row, 2 * keys + 1 - $0.row) % 2 == 1 ? "网格员姓名" : "网格员姓名、专兼职") })
  }

  @Test func `two things wrong with a grid code are told once each`() throws {
    let good = (0..<3).map { "44052418800101001\($0),示例\($0),0100003206820010010\($0)\n" }.joined()
    let file = try roster.file("r.csv", Self.header + good + "11010519491231002X,示例甲,01000099999960000101\n")
    let result = try roster.run(.load, [file]) { $0.gridScheme = "cjt349" }
    let grid = result.allFindings.filter { $0.row == 4 && $0.severity == .error }.map(\.code.description).sorted()
    #expect(grid.count > 1 && Set(grid).count == grid.count)
    let reasons = try Warehouse(path: roster.warehouse, mode: .read).rows(of: "quarantine", fields: ["row", "reasons"])
    #expect(reasons.first { $0[0] == "4" }?[1].split(separator: ",").map(String.init).sorted() == grid)
  }

  @Test func `a required field that the site demands makes rows wait`() throws {
    let configuration = try roster.file("yaosu.yaml", "required:\n  registeredResident: [sexCode]\n")
    let site = try SiteConfiguration(path: configuration)
    let text = "公民身份号码,姓名,性别\n11010519491231002X,示例甲,\n440524188001010014,示例乙,男\n"
    let result = try roster.run(.check, [try roster.file("r.csv", text)]) { $0.configuration = site }
    #expect(roster.errors(result) == ["1 V1002"])
  }

  @Test("a load above its limit is held, and only its batch says so", arguments: ["10%", "0"])
  func held(_ limit: String) throws {
    let file = try roster.file("r.csv", Self.header + "110105194912310021,示例乙,\n11010519491231002X,示例甲,\n")
    let dry = try roster.run(.load, [file]) { ($0.dryRun, $0.errorLimit) = (true, RowLimit(limit)) }
    #expect(dry.outcome == .held && dry.hold?.batch == nil)
    #expect(!FileManager.default.fileExists(atPath: roster.warehouse))
    for number in 1...2 {
      let result = try roster.run(.load, [file]) { $0.errorLimit = RowLimit(limit) }
      #expect(result.outcome == .held && result.hold?.batch == number && result.hold?.limits.map(\.actual) == [1])
      #expect(result.counts.created == 1)
    }
    #expect(try roster.run(.load, [file]).batch == 3)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.batches().map(\.state) == ["held", "held", "loaded"])
    #expect(try warehouse.batches()[0].counts == warehouse.batches()[2].counts)
    #expect(try warehouse.inputs(ofBatch: 1).map(\.path) == [file])
    #expect(try warehouse.rows(of: "quarantine", fields: ["batch"]) == [["3"]])
    #expect(try warehouse.verify().differences.isEmpty)
  }
}
