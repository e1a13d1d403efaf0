import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// What becomes of a stored telephone number when its record comes again: the lines of `Documentation.docc/Stored.md`.
struct StoredValueTests {
  let roster: Roster
  private static let number = "11010519491231002X"
  private static let other = "440524188001010014"
  private static let stored = "13912345678"
  private static let header = "公民身份号码,姓名,联系方式"

  init() throws {
    roster = try Roster()
    let full = try roster.file("full.csv", "\(Self.header)\n\(Self.number),示例甲,\(Self.stored)\n\(Self.other),示例乙,13812345678\n")
    _ = try roster.run(.load, [full])
  }

  /// A line of the table.
  struct Line: CustomTestStringConvertible {
    /// What stands in the first column of the table in English.
    let shown: String
    /// The file that brings it.
    let name: String
    let text: String
    /// What is stored then.
    var value = StoredValueTests.stored
    /// How many empty values are told.
    var keptCount = 0
    var action = "unchanged"
    var codes: Set<String> = []
    var testDescription: String { shown }
  }

  static let lines = [
    csv("`13987654321`", "13987654321", value: "13987654321", action: "updated"),
    csv("`13912345678`", "13912345678"),
    Line(shown: "(no such column)", name: "r.csv", text: "公民身份号码,姓名\n\(number),示例甲\n"),
    json("(no such member)", ""),
    csv("(empty)", "", keptCount: 1),
    json("`\"\"`", ", \"联系方式\": \"\"", keptCount: 1),
    json("`null`", ", \"联系方式\": null", keptCount: 1),
    csv("(blanks)", "\"  \"", keptCount: 1),
    csv("`无`", "无", keptCount: 1, codes: ["N0014"]),
    csv("`<清空>`", "<清空>", value: "", action: "updated"),
    csv("`139****5678`", "139****5678", action: "quarantined", codes: ["F0104"]),
    csv("`12`", "12", action: "quarantined"),
  ]

  private static func csv(
    _ shown: String, _ cell: String, value: String = stored, keptCount: Int = 0, action: String = "unchanged",
    codes: Set<String> = []
  ) -> Line {
    Line(
      shown: shown, name: "r.csv", text: "\(header)\n\(number),示例甲,\(cell)\n", value: value, keptCount: keptCount,
      action: action,
      codes: codes)
  }

  /// A record of JSON beside another that has a telephone number.
  private static func json(_ shown: String, _ member: String, keptCount: Int = 0) -> Line {
    Line(
      shown: shown, name: "r.json",
      text: """
        [{"公民身份号码": "\(number)", "姓名": "示例甲"\(member)}, {"公民身份号码": "\(other)", "姓名": "示例乙", "联系方式": "13812345678"}]
        """, keptCount: keptCount)
  }

  private func storedValue(_ number: String) throws -> String? {
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["identityNum", "contact"])
    return rows.first { $0[0] == number }?[1]
  }

  private func keptCount(_ result: RunResult) -> Int {
    result.allFindings.filter { $0.code == RuleCode("N0016") }.reduce(0) { $0 + $1.count }
  }

  @Test(arguments: lines) func `what is stored is what the table says, and a check says the same`(_ line: Line) throws {
    let file = try roster.file(line.name, line.text)
    let checked = try roster.run(.check, [file]) {
      $0.warehouse = roster.warehouse
      $0.dataset = "registeredResident"
    }
    let loaded = try roster.run(.load, [file]) { $0.dataset = "registeredResident" }
    for result in [checked, loaded] {
      #expect(keptCount(result) == line.keptCount)
      #expect(line.codes.isSubset(of: roster.codes(result)))
      let counts = [
        "updated": result.counts.updated, "unchanged": result.counts.unchanged, "quarantined": result.counts.quarantined,
      ]
      #expect(counts[line.action] ?? 0 > 0)
    }
    #expect(checked.counts == loaded.counts)
    #expect(try storedValue(Self.number) == line.value)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test(arguments: ["md", "zh.md"]) func `the documentation has just these lines`(_ language: String) throws {
    let text = try Repository.text("Sources/ElementPipeline/Documentation.docc/Stored.\(language)")
    let first = String(text[..<(text.range(of: "\n## ")?.lowerBound ?? text.endIndex)])
    let shown = first.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map {
      String($0.dropFirst(2).split(separator: " | ", maxSplits: 1)[0])
    }
    #expect(shown.count == Self.lines.count)
    if language == "md" { #expect(shown == Self.lines.map(\.shown)) }
  }

  @Test(arguments: ["<清空>", " <清空> ", "＜清空＞", "<clear>", "<CLEAR>", "＜ｃｌｅａｒ＞", "<Ｃlear＞"])
  func `each way to write it takes the value away, and a plan says so`(_ word: String) throws {
    let file = try roster.file("r.csv", "\(Self.header)\n\(Self.number),示例甲,\(word)\n")
    let path = roster.scratch.path + "/plan.csv"
    var options = DeliveryOptions(verb: .load, paths: [file], today: roster.today)
    (options.warehouse, options.operatorName, options.wantsPlan) = (roster.warehouse, "test", true)
    let plan = try PlanFile(path, replaces: true)
    let result = try Run(options, plan: plan).run()
    try plan.finish()
    #expect((result.counts.updated, keptCount(result)) == (1, 0))
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("clear(contact)"))
    #expect(try storedValue(Self.number) == "")
    // Said again it changes nothing.
    let again = try roster.file("again.csv", "\(Self.header)\n\n\(Self.number),示例甲,\(word)\n")
    #expect(try roster.run(.load, [again]).counts.unchanged == 1)
  }

  @Test(arguments: ["<清空", "清空", "<清空>了", "<空>", "<>", "clear"]) func `other words take nothing away`(_ word: String) throws {
    let file = try roster.file("r.csv", "公民身份号码,姓名,职业\n\(Self.number),示例甲,\(word)\n")
    _ = try roster.run(.load, [file])
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["identityNum", "professionName"])
    #expect(rows.first { $0[0] == Self.number }?[1] == word)
  }

  @Test func `what a row is known by cannot be taken away, and a new row takes nothing`() throws {
    let file = try roster.file(
      "r.csv",
      "\(Self.header)\n<清空>,示例甲,1\n\(Self.number),<clear>,\n320699197001010018,示例丙,<清空>\n")
    let result = try roster.run(.load, [file])
    #expect(roster.errors(result).filter { $0.hasSuffix("V1006") } == ["1 V1006", "2 V1006"])
    #expect(result.counts.created == 1)
    #expect(try storedValue("320699197001010018") == "")
  }

  @Test func `a row that says that a value goes and one that says nothing are one record`() throws {
    let file = try roster.file(
      "r.csv", "\(Self.header)\n\(Self.number),示例甲,<清空>\n\(Self.number),示例甲,\n\(Self.other),示例乙,<清空>\n\(Self.other),示例乙,<清空>\n")
    let result = try roster.run(.load, [file])
    #expect((result.counts.updated, result.counts.duplicate) == (2, 2))
    #expect(try storedValue(Self.number) == "" && storedValue(Self.other) == "")
  }

  @Test func `of a field that is clearing an empty value takes the stored one away, and a missing one does not`() throws {
    try roster.overlay("name: contact, clearing: true")
    func load(_ name: String, _ text: String) throws -> RunResult {
      try roster.run(.load, [roster.file(name, text)]) {
        $0.schemas = roster.scratch.path + "/schemas"
        $0.overlays = ["town"]
        $0.dataset = "registeredResident"
      }
    }
    _ = try load("a.json", Self.lines[3].text)
    #expect(try storedValue(Self.number) == Self.stored)
    _ = try load("b.csv", "公民身份号码,姓名\n\(Self.number),示例甲\n")
    #expect(try storedValue(Self.number) == Self.stored)
    let result = try load("c.csv", Self.lines[4].text)
    #expect((result.counts.updated, keptCount(result)) == (1, 0))
    #expect(try storedValue(Self.number) == "")
  }

  @Test(arguments: ["json", "ndjson", "xml"]) func `one record with a member does not empty what the others lack`(
    _ format: String
  ) throws {
    let rows = (0..<2_000).map { "\(32_069_919_700_101_000_0 + $0 * 10)".padding(toLength: 18, withPad: "0", startingAt: 0) }
    let full = try roster.file("many.csv", "人员编号,网格员姓名,联系方式\n" + rows.map { "\($0),示例,13912345678\n" }.joined())
    _ = try roster.run(.load, [full])
    let names = ["人员编号", "网格员姓名", "联系方式"]
    let records = rows.enumerated().map { place, number in
      zip(names, [number, "示例", place == 1_000 ? "13812345678" : ""]).filter { !$1.isEmpty }
    }
    let text =
      switch format {
      case "xml":
        "<r>" + records.map { "<w>" + $0.map { "<\($0)>\($1)</\($0)>" }.joined() + "</w>" }.joined() + "</r>"
      default:
        (format == "json" ? "[" : "")
          + records.map { "{" + $0.map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ") + "}" }.joined(
            separator: format == "json" ? "," : "\n") + (format == "json" ? "]" : "")
      }
    let result = try roster.run(.load, [roster.file("part.\(format)", text)])
    #expect((result.counts.updated, result.counts.unchanged) == (1, 1_999))
    #expect(keptCount(result) == 0)
  }
}
