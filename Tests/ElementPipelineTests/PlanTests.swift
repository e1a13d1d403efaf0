import ElementCore
import ElementFormats
import ElementGenerator
import ElementPipeline
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// What a load would do, said before, while and after it is done.
struct PlanTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  /// A plan as it is written, and the counts beside it.
  private func plan(
    _ verb: DeliveryOptions.Verb, _ paths: [String], _ warehouse: String, ending: String = "jsonl", jobs: Int = 1,
    _ change: (inout DeliveryOptions) -> Void = { _ in }
  ) throws -> (text: String, result: RunResult) {
    var options = DeliveryOptions(verb: verb, paths: paths, today: roster.today)
    options.warehouse = warehouse
    options.operatorName = "test"
    options.area = "320699"
    options.jobs = jobs
    options.wantsPlan = true
    change(&options)
    let path = roster.scratch.path + "/plan.\(ending)"
    let file = try PlanFile(path, replaces: true)
    let result = try Run(options, plan: file).run()
    try file.finish()
    return (try String(contentsOfFile: path, encoding: .utf8), result)
  }

  private func copy(_ warehouse: String) throws -> String {
    let path = roster.scratch.path + "/copy.db"
    try? FileManager.default.removeItem(atPath: path)
    if FileManager.default.fileExists(atPath: warehouse) { try FileManager.default.copyItem(atPath: warehouse, toPath: path) }
    return path
  }

  private func counts(_ plan: String) -> [String: Int] {
    plan.split(separator: "\n").dropLast().reduce(into: [:]) { counts, line in
      for action in RowAction.allCases where line.contains("\"action\":\"\(action.name)\"") {
        counts[action.name, default: 0] += 1
      }
    }
  }

  @Test(
    "check, a dry run and a load come to the same plan, byte for byte",
    arguments: LongLoop.part(0..<10, of: 5))
  func samePlan(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    for round in 0..<seed % 4 + 1 {
      _ = try plan(.load, GeneratedDelivery("base\(round)", in: roster.scratch, &random).paths, roster.warehouse)
    }
    for round in LongLoop.part(0..<50, of: 5) {
      var random = SeededRandom(seed: UInt64(seed * 1_000 + round))
      let delivery = try GeneratedDelivery("d\(round)", in: roster.scratch, &random)
      let isComplete = random.next() % 2 == 0
      let (checked, result) = try plan(.check, delivery.paths, roster.warehouse, jobs: 2) { $0.isComplete = isComplete }
      let before = try Data(contentsOf: URL(fileURLWithPath: roster.warehouse))
      let dry = try plan(.load, delivery.paths, roster.warehouse) { ($0.dryRun, $0.isComplete) = (true, isComplete) }
      #expect(try Data(contentsOf: URL(fileURLWithPath: roster.warehouse)) == before)
      let target = try copy(roster.warehouse)
      let loaded = try plan(.load, delivery.paths, target) { $0.isComplete = isComplete }
      #expect(checked == dry.text && dry.text == loaded.text, "seed \(seed), round \(round)")
      #expect(result.counts == dry.result.counts && result.counts == loaded.result.counts, "seed \(seed), round \(round)")
      let differences = try Warehouse(path: target, mode: .read).verify().differences.map(\.message.en)
      #expect(differences == [], "seed \(seed), round \(round)")
      let found = counts(checked)
      #expect(found["create", default: 0] == result.counts.created && found["update", default: 0] == result.counts.updated)
      #expect(found["wait", default: 0] == result.counts.quarantined)
      #expect(found["duplicate", default: 0] + found["join", default: 0] == result.counts.duplicate)
      #expect(found.values.reduce(0, +) == result.counts.read)
    }
  }

  private static let rows = "公民身份号码,姓名\n11010519491231002X,示例甲\n440524188001010014,示例乙\n110105194912310021,示例丙\n"

  @Test("a plan names each row, what changes and why it waits, and no value", arguments: ["csv", "jsonl"])
  func text(_ ending: String) throws {
    let first = try roster.file("first.csv", "公民身份号码,姓名\n11010519491231002X,示例丁\n")
    _ = try roster.run(.load, [first])
    let file = try roster.file("r.csv", Self.rows + "440524188001010014,示例乙\n")
    let (text, _) = try plan(.check, [file], roster.warehouse, ending: ending)
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    if ending == "csv" {
      #expect(
        lines.dropLast() == [
          "input,sheet,row,dataset,action,fields,reasons", "\(file),,1,registeredResident,update,personName,",
          "\(file),,2,registeredResident,create,,", "\(file),,3,registeredResident,wait,,V1103",
          "\(file),,4,registeredResident,duplicate,,",
        ])
      #expect(lines.last?.wholeMatch(of: /,,,,digest,[0-9a-f]{64},/) != nil)
    } else {
      #expect(
        lines[0]
          == #"{"input":"\#(file)","sheet":null,"row":1,"dataset":"registeredResident","action":"update","fields":["personName"],"reasons":[]}"#
      )
      #expect(lines[2].hasSuffix(#""action":"wait","fields":[],"reasons":["V1103"]}"#))
      #expect(lines.last?.wholeMatch(of: /{"digest":"[0-9a-f]{64}"}/) != nil)
    }
    #expect(!text.contains("示例") && !text.contains("1949"))
  }

  /// What happens between a plan and the load that is held to it.
  static let changes: [(name: String, line: Int?)] = [
    ("nothing", nil), ("another value in the file", 4), ("a row more in the file", 4), ("the rows were loaded", 1),
    ("another day", 4), ("the plan was cut", 4), ("a line more in the plan", 5),
  ]

  @Test("a load that comes to another plan is refused with the first line that differs", arguments: changes)
  func planCheck(_ change: (name: String, line: Int?)) throws {
    let file = try roster.file("r.csv", Self.rows)
    _ = try roster.run(.load, [try roster.file("other.csv", "公民身份号码,姓名\n320699195001010019,示例戊\n")])
    var planned = try plan(.check, [file], roster.warehouse).text
    switch change.name {
    case "another value in the file": _ = try roster.file("r.csv", Self.rows.replacing("示例乙", with: "示例庚"))
    case "a row more in the file": _ = try roster.file("r.csv", Self.rows + "320699195101010024,示例己\n")
    case "the rows were loaded": _ = try roster.run(.load, [file])
    case "the plan was cut": planned = String(planned.dropLast(20))
    case "a line more in the plan": planned += "{}\n"
    default: break
    }
    let path = try roster.file("plan.jsonl", planned)
    let before = try Data(contentsOf: URL(fileURLWithPath: roster.warehouse))
    func load() throws -> RunResult {
      try roster.run(.load, [file]) {
        ($0.planCheck, $0.wantsPlan, $0.again) = (path, true, true)
        $0.area = "320699"
        if change.name == "another day", let day = CalendarDate(year: 2026, month: 1, day: 2) { $0.today = day }
      }
    }
    guard let line = change.line else {
      let result = try load()
      #expect(result.outcome == .loaded && result.counts.created == 2)
      return
    }
    let error = #expect(throws: PlanMismatch.self) { try load() }
    #expect(error?.line == line)
    #expect(try Data(contentsOf: URL(fileURLWithPath: roster.warehouse)) == before)
  }

  @Test func `a plan of a delivery that is in already says so, and nothing is loaded twice`() throws {
    let file = try roster.file("r.csv", "公民身份号码,姓名\n11010519491231002X,示例甲\n")
    #expect(try counts(plan(.load, [file], roster.warehouse).text) == ["create": 1])
    let again = try plan(.load, [file], roster.warehouse)
    #expect(again.result.outcome == .unchanged && again.result.batch == 1)
    #expect(counts(again.text) == ["unchanged": 1])
  }

  @Test func `a delivery that is in already and would change rows again is loaded where a plan is asked for`() throws {
    let first = try roster.file("c.csv", "公民身份号码,姓名\n11010519491231002X,示例甲\n")
    _ = try plan(.load, [first], roster.warehouse)
    _ = try plan(.load, [try roster.file("d.csv", "公民身份号码,姓名\n11010519491231002X,示例乙\n")], roster.warehouse)
    let planned = try plan(.check, [first], roster.warehouse)
    let loaded = try plan(.load, [first], roster.warehouse)
    #expect(loaded.result.outcome == .loaded && loaded.result.counts.updated == 1)
    #expect(planned.text == loaded.text)
  }

  @Test func `of a row that takes over from one without a number stays what its own file has no column for`() throws {
    let header = "公民身份号码,姓名,出生日期,户号"
    let open = try roster.file("o.csv", header + ",联系方式\n,示例乙,1949-12-31,H2,13800000002\n")
    let keyed = try roster.file("k.csv", header + "\n11010519491231002X,示例乙,1949-12-31,H2\n")
    let other = try roster.file("other.csv", header + ",联系方式\n440524188001010014,示例甲,1880-01-01,H1,13800000001\n")
    _ = try plan(.load, [open], roster.warehouse)
    let (text, result) = try plan(.load, [keyed, other], roster.warehouse)
    #expect(result.counts.updated == 1 && text.contains(#""action":"update","fields":["identityNum"]"#))
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["identityNum", "contact"])
    #expect(rows.contains(["11010519491231002X", "13800000002"]))
  }

  @Test func `a row that is joined names no field, though it would have changed some`() throws {
    let header = "公民身份号码,姓名,出生日期,户号,联系方式\n"
    _ = try plan(.load, [try roster.file("o.csv", header + ",示例乙,1949-12-31,H2,13800000002\n")], roster.warehouse)
    let both = header + ",示例乙,1949-12-31,H2,13800000003\n11010519491231002X,示例乙,1949-12-31,H2,13800000002\n"
    let (text, _) = try plan(.load, [try roster.file("b.csv", both)], roster.warehouse)
    #expect(text.contains(#""row":1,"dataset":"registeredResident","action":"join","fields":[]"#))
  }

  @Test func `a plan never takes the place of the warehouse, of a roster or of another output`() throws {
    let file = try roster.file("r.csv", Self.rows)
    _ = try roster.run(.load, [file])
    try FileManager.default.createSymbolicLink(atPath: roster.scratch.path + "/link", withDestinationPath: file)
    var options = DeliveryOptions(verb: .load, paths: [file], today: roster.today)
    options.warehouse = roster.warehouse
    for outputs in [[roster.warehouse], [file], [roster.scratch.path + "/link"], ["-"], [""], ["x.csv", "./x.csv"]] {
      let error = #expect(throws: OutputError.self) { try options.refuseOutputs(outputs) }
      #expect(error?.kind == .usage)
    }
    try options.refuseOutputs([roster.scratch.path + "/plan.csv", roster.scratch.path + "/findings.csv"])
  }

  @Test func `a plan that is a folder is refused before the work`() throws {
    let file = try roster.file("r.csv", Self.rows)
    let error = #expect(throws: InputError.self) {
      try roster.run(.load, [file]) { ($0.planCheck, $0.wantsPlan) = (roster.scratch.path, true) }
    }
    #expect(error?.kind == .unreadable && !FileManager.default.fileExists(atPath: roster.warehouse))
  }
}
