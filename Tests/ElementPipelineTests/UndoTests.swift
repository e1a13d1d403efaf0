import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import GRDB
import Testing

/// A load that is taken back leaves the warehouse as if it had never been, or says which rows later loads changed.
struct UndoTests {
  private typealias Table = HistoryTests.Table
  private let roster: Roster
  private static let people = ["320699197001010018", "320699197001010026", "320699197001010034"]

  init() throws { roster = try Roster() }

  /// What is to be seen of a warehouse: its digest, and the values of its rows with what of them is derived.
  private struct State: Equatable {
    let digest: String
    let rows: [[String]]
  }

  private func state(_ roster: Roster, _ dataset: String = "registeredResident") throws -> State {
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    let report = try warehouse.verify()
    #expect(report.differences.isEmpty, "\(report.differences)")
    return State(digest: report.digest, rows: try warehouse.rows(of: dataset, fields: HistoryTests.fields + ["_derived"]))
  }

  @discardableResult private func load(_ text: String, into roster: Roster, dataset: String = "registeredResident") throws
    -> RunResult
  {
    let path = try roster.file("r\(abs(text.hashValue)).csv", text)
    return try roster.run(.load, [path]) { ($0.dataset, $0.again) = (dataset, true) }
  }

  @discardableResult private func undo(
    _ batch: Int, in roster: Roster, keepsLater: Bool = false, isDryRun: Bool = false
  ) throws -> UndoReport {
    let order = Warehouse.UndoOrder(batch: batch, keepsLater: keepsLater, isDryRun: isDryRun, reason: "test")
    return try UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today).run(
      roster.warehouse)
  }

  /// Rosters of some persons that say all of each, or parts of it.
  private static func tables(_ draw: inout HistoryTests.Draw) -> [Table] {
    (0..<3).map { _ in
      var table = HistoryTests.truth(&draw, persons: 8)
      table.rows.removeAll { _ in draw.below(3) == 0 }
      // No household is told of: whether a row waits would depend on the other loads.
      table.columns.removeAll { ["户号", "与户主关系"].contains($0) || draw.below(3) == 0 }
      return table
    }
  }

  @Test(arguments: LongLoop.part(0..<240, of: 60)) func `a load that is taken back leaves what was before it`(_ seed: Int)
    throws
  {
    var draw = HistoryTests.Draw(seed)
    var states: [State] = []
    for table in Self.tables(&draw) {
      try load(table.text, into: roster)
      states.append(try state(roster))
    }
    #expect(!(try undo(3, in: roster).isRefused))
    #expect(try state(roster) == states[1], "seed \(seed)")
    try undo(2, in: roster)
    #expect(try state(roster) == states[0], "seed \(seed)")
    // The undo of an undo brings the load back.
    try undo(5, in: roster)
    #expect(try state(roster) == states[1], "seed \(seed)")
    try undo(4, in: roster)
    #expect(try state(roster) == states[2], "seed \(seed)")
    try undo(3, in: roster)
    #expect(try state(roster) == states[1], "seed \(seed)")
    try roster.confirmPast("seed \(seed)")
  }

  @Test(arguments: LongLoop.part(0..<240, of: 60))
  func `the first of two loads taken back leaves the second, but for conflicts`(
    _ seed: Int
  ) throws {
    var draw = HistoryTests.Draw(seed)
    let tables = Self.tables(&draw)
    let (both, second) = (roster, try Roster())
    try load(tables[0].text, into: both)
    let later = try load(tables[1].text, into: both)
    try load(tables[1].text, into: second)
    // Who is dead since the first load and alive by the second waits there, which changes nothing; alone the second brings him.
    let returning = Set(
      later.inputs[0].findings.findings.filter { $0.code == RuleCode("W0011") }.map {
        HistoryTests.number(tables[1].rows[$0.row - 1].person)
      })
    let before = try state(both)
    let refused = try undo(1, in: both)
    let conflicts = refused.conflicts.reduce(0) { $0 + $1.count }
    if refused.isRefused {
      #expect(try state(both) == before, "seed \(seed)")
      try undo(1, in: both, keepsLater: true)
    }
    // Who differs is one of those that are told: the second load changed or confirmed him.
    let (left, alone) = (try state(both).rows, try state(second).rows)
    let differing = Set(left.filter { !alone.contains($0) }.map { $0[0] } + alone.filter { !left.contains($0) }.map { $0[0] })
    let shared = Set(tables[0].rows.map(\.person)).intersection(tables[1].rows.map(\.person)).map(HistoryTests.number)
    #expect(differing.isSubset(of: shared) && returning.isSubset(of: shared), "seed \(seed)")
    #expect(differing.subtracting(returning).count <= conflicts && conflicts == shared.count - returning.count, "seed \(seed)")
    try both.confirmPast("seed \(seed)")
  }

  @Test func `rows that a load joined part again`() throws {
    try load("公民身份号码,姓名,出生日期,户号\n,示例娃,2015-03-07,A1\n", into: roster)
    let before = try state(roster)
    try load("公民身份号码,姓名,出生日期,户号\n32069920150307001X,示例娃,2015-03-07,A1\n", into: roster)
    #expect(try state(roster).rows.count == 1)
    let report = try undo(2, in: roster)
    #expect((report.removed, report.restored, report.reverted) == (1, 1, 0))
    #expect(try state(roster) == before)
    let again = try undo(3, in: roster)
    #expect((again.removed, again.restored, again.reverted) == (1, 1, 0))
    try roster.confirmPast()
  }

  @Test func `rows that name what leaves are told`() throws {
    try load("网格编码,网格名称\n01000032069900100101,第一网格\n", into: roster, dataset: "grid")
    try load("公民身份号码,姓名,所属网格\n\(Self.people[0]),示例甲,01000032069900100101\n", into: roster)
    let report = try undo(1, in: roster)
    let broken = try #require(report.brokenReferences.first)
    #expect((broken.dataset, broken.field, broken.target, broken.count) == ("registeredResident", "gridCode", "grid", 1))
    #expect(report.brokenReferences.count == 1)
  }

  @Test func `a batch is taken back once, and a held or unknown one not at all`() throws {
    let text = "公民身份号码,姓名\n\(Self.people[0]),示例甲\n"
    try load(text, into: roster)
    try undo(1, in: roster)
    #expect(throws: UndoRefusal.undone(1, by: 2)) { try undo(1, in: roster) }
    #expect(throws: UndoRefusal.missing(7)) { try undo(7, in: roster) }
    let bad = try roster.file("bad.csv", "公民身份号码,姓名\n12,示例甲\n")
    let held = try roster.run(.load, [bad]) {
      ($0.dataset, $0.errorLimit) = ("registeredResident", RowLimit("0"))
    }
    #expect(held.outcome == .held)
    #expect(throws: UndoRefusal.held(3)) { try undo(3, in: roster) }
  }

  @Test func `a key that another row has by now is a conflict`() throws {
    let text = "公民身份号码,姓名\n\(Self.people[0]),示例甲\n"
    try load(text, into: roster)
    try undo(1, in: roster)
    try load(text, into: roster)
    let refused = try undo(2, in: roster)
    #expect(refused.isRefused)
    #expect(refused.conflicts.map(\.batch) == [3])
    try undo(3, in: roster)
    #expect(!(try undo(2, in: roster).isRefused))
    #expect(try state(roster).rows.count == 1)
  }

  /// Rosters one behind the other, undos among them, and what comes of the last undo.
  struct Story: CustomTestStringConvertible {
    enum Step {
      case load(String)
      case undo(Int, keepsLater: Bool = false)
    }
    let testDescription: String
    let steps: [Step]
    /// Whether the last undo is refused, and the batch that it is told to be in the way.
    var rival: Int?
    /// The names and contacts of the rows that stand then.
    let rows: [String]
  }

  private static func said(_ number: String, _ contact: String) -> Story.Step {
    .load("公民身份号码,姓名,联系方式\n\(number),示例甲,\(contact)\n")
  }

  private static let childless = Story.Step.load("公民身份号码,姓名,出生日期,户号\n,示例娃,2015-03-07,A1\n")
  private static let child = Story.Step.load("公民身份号码,姓名,出生日期\n32069920150307001X,示例娃,2015-03-07\n")

  static let stories = [
    Story(
      testDescription: "a row that a later load confirmed",
      steps: [said(people[0], "13912345010"), said(people[0], "13912345010"), .undo(1)], rival: 2,
      rows: ["\(people[0]) 13912345010"]),
    Story(
      testDescription: "a row that a later load changed and then ended",
      steps: [
        childless, .load("公民身份号码,姓名,出生日期,户号,联系方式\n,示例娃,2015-03-07,A1,13912345010\n"), child, .undo(2),
      ], rival: 3, rows: ["32069920150307001X 13912345010"]),
    Story(
      testDescription: "a row that a later load joined another to", steps: [child, childless, .undo(1)], rival: 2,
      rows: ["32069920150307001X "]),
    Story(
      testDescription: "a child without a number who got hers meanwhile", steps: [childless, .undo(1), child, .undo(2)],
      rival: 3,
      rows: ["32069920150307001X "]),
    Story(
      testDescription: "two children without a number", steps: [childless, .undo(1), childless, .undo(2)], rival: 3, rows: [" "]
    ),
    Story(
      testDescription: "a number of 15 digits beside that of 18",
      steps: [said("320699700101001", "13912345010"), .undo(1), said(people[0], "13912345011"), .undo(2)], rival: 3,
      rows: ["\(people[0]) 13912345011"]),
    Story(
      testDescription: "what an undone batch said does not return",
      steps: [
        said(people[0], "13912345010"), said(people[0], "13912345011"), said(people[0], "13912345012"),
        .undo(2, keepsLater: true), .undo(3),
      ], rows: ["\(people[0]) 13912345010"]),
    Story(
      testDescription: "the batch in the way is the one that stands",
      steps: [
        said(people[0], "13912345010"), said(people[0], "13912345011"), .undo(2), .undo(3), said(people[0], "13912345012"),
        .undo(2),
      ], rival: 5, rows: ["\(people[0]) 13912345012"]),
  ]

  @Test(arguments: stories) func `undo does neither too much nor too little`(_ story: Story) throws {
    var last: UndoReport?
    for step in story.steps {
      switch step {
      case .load(let text): try load(text, into: roster)
      case .undo(let batch, let keepsLater): last = try undo(batch, in: roster, keepsLater: keepsLater)
      }
    }
    let report = try #require(last)
    #expect(report.isRefused == (story.rival != nil))
    #expect(report.conflicts.map(\.batch) == (story.rival.map { [$0] } ?? []))
    #expect(report.conflicts.allSatisfy { $0.rows.allSatisfy { !$0.isEmpty } })
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident", fields: ["identityNum", "contact"])
    #expect(rows.map { $0.joined(separator: " ") } == story.rows)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `undos of undos mark each batch that stands as loaded, and no other`() throws {
    func states() throws -> [String] { try Warehouse(path: roster.warehouse, mode: .read).batches().map(\.state) }
    try load("公民身份号码,姓名\n\(Self.people[0]),示例甲\n", into: roster)
    for batch in 1...4 {
      try undo(batch, in: roster)
      // Every other one stands, the last one always.
      #expect(try states() == (0...batch).map { (batch - $0) % 2 == 0 ? "loaded" : "undone" })
    }
    // 1 stands again, because 2 does not; with another undo of it, 2 cannot stand again beside that.
    try undo(1, in: roster)
    #expect(throws: UndoRefusal.undone(1, by: 6)) { try undo(5, in: roster) }
  }

  @Test func `missing history is no leave to remove a row`() throws {
    for contact in ["13912345010", "13912345011"] {
      try load("公民身份号码,姓名,联系方式\n\(Self.people[0]),示例甲,\(contact)\n", into: roster)
    }
    try load("公民身份号码,姓名\n\(Self.people[1]),示例乙\n", into: roster)
    try DatabaseQueue(path: roster.warehouse).write { db in
      try db.execute(sql: "UPDATE registeredResident SET _batch = 1 WHERE identityNum = '\(Self.people[1])'")
      try db.execute(sql: "DELETE FROM registeredResident_history")
    }
    #expect(throws: UndoRefusal.damaged(dataset: "registeredResident")) { try undo(2, in: roster) }
  }

  @Test func `a dry run changes nothing and an undone load is loaded again`() throws {
    let text = "公民身份号码,姓名,是否已死亡\n\(Self.people[0]),示例甲,是\n"
    try load(text, into: roster)
    let before = try state(roster)
    let dry = try undo(1, in: roster, isDryRun: true)
    #expect((dry.batch, dry.removed) == (nil, 1))
    #expect(try state(roster) == before)
    try undo(1, in: roster)
    let path = try roster.file("again.csv", text)
    #expect(try roster.run(.load, [path]) { $0.dataset = "registeredResident" }.counts.created == 1)
    #expect(try state(roster) == before)
  }

  @Test func `a value that only an undone load stated does not return`() throws {
    func say(_ headings: String, _ values: String) throws {
      try load("公民身份号码,姓名,\(headings)\n\(Self.people[0]),示例甲,\(values)\n", into: roster)
    }
    try say("民族", "汉族")
    try say("人员状态", "在册")
    try undo(2, in: roster)
    try say("是否已死亡", "是")
    try say("是否已死亡", "否")
    let status = try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: ["statusCode"])
    #expect(status == [[""]])
  }

  @Test func `versions say since when they stand`() throws {
    try load("公民身份号码,姓名,联系方式\n\(Self.people[0]),示例甲,13912345010\n", into: roster)
    try load("公民身份号码,姓名,联系方式\n\(Self.people[0]),示例甲,13912345011\n", into: roster)
    try undo(2, in: roster)
    try load("公民身份号码,姓名,联系方式\n\(Self.people[0]),示例甲,13912345012\n", into: roster)
    let versions = try DatabaseQueue(path: roster.warehouse).read {
      try Row.fetchAll(
        $0, sql: "SELECT _since, _superseded_by, substr(contact, 10) FROM registeredResident_versions ORDER BY _since"
      ).map { "\($0[0] as Int)-\(($0[1] as Int?).map(String.init) ?? "") \($0[2] as String)" }
    }
    #expect(versions == ["1-2 10", "2-3 11", "3-4 10", "4- 12"])
  }
}
