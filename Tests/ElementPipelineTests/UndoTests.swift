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

  @Test(arguments: LongLoop.part(0..<240, of: 24)) func `a load that is taken back leaves what was before it`(_ seed: Int)
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
  }

  @Test(arguments: LongLoop.part(0..<240, of: 24))
  func `the first of two loads taken back leaves the second, but for conflicts`(
    _ seed: Int
  ) throws {
    var draw = HistoryTests.Draw(seed)
    let tables = Self.tables(&draw)
    let (both, second) = (roster, try Roster())
    try load(tables[0].text, into: both)
    try load(tables[1].text, into: both)
    try load(tables[1].text, into: second)
    let before = try state(both)
    let refused = try undo(1, in: both)
    let shared = Set(tables[0].rows.map(\.person)).intersection(tables[1].rows.map(\.person))
    let changed = refused.conflicts.reduce(0) { $0 + $1.count }
    #expect(changed <= shared.count, "seed \(seed)")
    if refused.isRefused { #expect(try state(both) == before, "seed \(seed)") }
    let kept = try undo(1, in: both, keepsLater: true, isDryRun: true)
    #expect(kept.conflicts == (refused.isRefused ? refused.conflicts : []) || !refused.isRefused)
    if !refused.isRefused { return #expect(Self.without(shared, try state(both)) == Self.without(shared, try state(second))) }
    try undo(1, in: both, keepsLater: true)
    #expect(Self.without(shared, try state(both)) == Self.without(shared, try state(second)), "seed \(seed)")
  }

  /// The rows of all but some persons.
  private static func without(_ persons: Set<Int>, _ state: State) -> [[String]] {
    let numbers = persons.map(HistoryTests.number)
    return state.rows.filter { !numbers.contains($0[0]) }
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
      ($0.dataset, $0.errorLimit) = ("registeredResident", DeliveryOptions.ErrorLimit("0"))
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
