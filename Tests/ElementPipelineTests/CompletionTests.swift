import ElementCore
import ElementPipeline
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// What a row says is judged together with what is stored of it.
struct CompletionTests {
  let roster: Roster
  private static let number = "320699197001010018"

  init() throws { roster = try Roster() }

  /// Loads a row of the person under some headings.
  @discardableResult private func load(_ headings: String, _ values: String, jobs: Int = 1) throws -> RunResult {
    let file = try roster.file(
      "\(abs(headings.hashValue ^ values.hashValue)).csv", "公民身份号码,姓名,\(headings)\n\(Self.number),示例甲,\(values)\n")
    let checked = try roster.run(.check, [file]) {
      if FileManager.default.fileExists(atPath: roster.warehouse) { $0.warehouse = roster.warehouse }
      ($0.dataset, $0.jobs) = ("registeredResident", jobs)
    }
    let loaded = try roster.run(.load, [file]) { $0.dataset = "registeredResident" }
    #expect(checked.counts == loaded.counts)
    #expect(roster.errors(checked) == roster.errors(loaded))
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    return loaded
  }

  private func stored(_ fields: [String]) throws -> [String] {
    try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: fields).first ?? []
  }

  private func derived() throws -> String? {
    try DatabaseQueue(path: roster.warehouse).read {
      try String.fetchOne($0, sql: "SELECT _derived FROM registeredResident")
    }
  }

  /// Rosters one behind the other, and what the status is then.
  struct Story: CustomTestStringConvertible {
    let testDescription: String
    let rosters: [(headings: String, values: String)]
    let status: String
    var isDerived = false
  }

  static let stories = [
    Story(testDescription: "death sets the status", rosters: [("是否已死亡", "是")], status: "03", isDerived: true),
    Story(testDescription: "a correction takes it back", rosters: [("是否已死亡", "是"), ("是否已死亡", "否")], status: ""),
    Story(
      testDescription: "what was stated last returns", rosters: [("人员状态", "在册"), ("是否已死亡", "是"), ("是否已死亡", "否")],
      status: "01"),
    Story(
      testDescription: "the last one of several",
      rosters: [
        ("人员状态", "在册"), ("人员状态", "迁出"), ("是否已死亡", "是"), ("是否已死亡", "否"),
      ], status: "02"),
    Story(
      testDescription: "what was cleared does not return",
      rosters: [("人员状态", "在册"), ("人员状态", "<清空>"), ("是否已死亡", "是"), ("是否已死亡", "否")], status: ""),
    Story(
      testDescription: "a roster that says nothing of it", rosters: [("是否已死亡", "是"), ("民族", "汉族")], status: "03",
      isDerived: true),
    Story(
      testDescription: "an empty cell says nothing of it", rosters: [("是否已死亡", "是"), ("民族,是否已死亡", "汉族,")], status: "03",
      isDerived: true),
    Story(testDescription: "stated in the same record", rosters: [("是否已死亡,人员状态", "是,注销")], status: "04"),
    Story(
      testDescription: "stated later", rosters: [("是否已死亡", "是"), ("人员状态", "注销")], status: "04"),
    Story(
      testDescription: "derived later", rosters: [("人员状态", "在册"), ("是否已死亡", "是")], status: "03", isDerived: true),
    Story(
      testDescription: "derived first and then stated alike", rosters: [("是否已死亡", "是"), ("人员状态", "死亡")], status: "03"),
    Story(
      testDescription: "stated alike, it outlasts its source",
      rosters: [("是否已死亡", "是"), ("人员状态", "死亡"), ("是否已死亡", "<清空>")], status: "03"),
    Story(
      testDescription: "a date of death beside a stored no", rosters: [("是否已死亡", "否"), ("死亡日期", "2025-03-01")], status: ""),
    Story(
      testDescription: "what was cleared stays away while nothing else is said",
      rosters: [("是否已死亡", "是"), ("人员状态", "<清空>"), ("民族", "汉族")], status: ""),
    Story(
      testDescription: "the source is cleared", rosters: [("是否已死亡", "是"), ("是否已死亡", "<清空>")], status: ""),
  ]

  @Test(arguments: stories, [1, 2]) func `a derived value follows its sources`(_ story: Story, _ jobs: Int) throws {
    for roster in story.rosters { try load(roster.headings, roster.values, jobs: jobs) }
    #expect(try stored(["statusCode"]) == [story.status])
    #expect(try derived()?.contains("statusCode") ?? false == story.isDerived)
  }

  @Test func `a row that differs in what is derived alone is unchanged, and its marks are written with the batch`() throws {
    try load("是否已死亡", "是")
    #expect(try derived() == "statusCode")
    let said = try load("是否已死亡,人员状态", "是,死亡")
    #expect((said.counts.unchanged, said.counts.updated) == (1, 0))
    #expect(try derived() == nil)
    let batches = "SELECT _batch FROM registeredResident UNION ALL SELECT _batch FROM registeredResident_history"
    let versions = try DatabaseQueue(path: roster.warehouse).read { try Int.fetchAll($0, sql: batches) }
    #expect(versions == [2, 1])
    // A source that says it alone makes it derived again, and what was stated stands behind it.
    #expect(try load("是否已死亡", "是").counts.unchanged == 1)
    #expect(try derived() == "statusCode")
    #expect(try load("是否已死亡", "否").counts.updated == 1)
    #expect(try stored(["statusCode"]) == ["03"])
    #expect(try derived() == nil)
  }

  @Test func `marks that a row which waits in the end had written go again`() throws {
    try load("是否已死亡", "是")
    let twice = try roster.file(
      "twice.csv",
      "公民身份号码,姓名,是否已死亡,人员状态\n\(Self.number),示例甲,是,死亡\n\(Self.number),示例甲,是,迁出\n")
    let result = try roster.run(.load, [twice]) { $0.dataset = "registeredResident" }
    #expect(result.counts.quarantined == 2)
    #expect(try derived() == "statusCode")
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `a part list that makes the stored row contradict itself waits as the whole row would`() throws {
    try load("户号,户主公民身份号码,与户主关系", "H1,\(Self.number),户主")
    let part = try load("与户主关系", "妻")
    #expect(roster.errors(part) == ["1 R2104"])
    #expect(part.counts.quarantined == 1)
    #expect(try stored(["householderRelationCode"]) == ["02"])
    let reasons = try DatabaseQueue(path: roster.warehouse).read {
      try String.fetchAll($0, sql: "SELECT reasons FROM quarantine")
    }
    #expect(reasons == ["R2104"])
    let whole = try roster.file("whole.csv", "公民身份号码,姓名,户号,户主公民身份号码,与户主关系\n\(Self.number),示例甲,H1,\(Self.number),妻\n")
    #expect(roster.errors(try roster.run(.check, [whole])) == ["1 R2104"])
    // What agrees with what is stored goes in.
    #expect(try load("与户主关系,户主公民身份号码", "妻,440524188001010014").counts.updated == 1)
  }

  @Test func `what is said already is not told again by a part list that changes nothing`() throws {
    try load("是否已死亡,人员状态", "是,迁出")
    let again = try load("人员状态", "迁出")
    #expect(again.counts.unchanged == 1)
    #expect(!roster.codes(again).contains("R2109"))
    // A row that changes is judged as it will stand.
    #expect(roster.codes(try load("民族,人员状态", "汉族,迁出")).contains("R2109"))
  }

  @Test func `a row that waits beside what is stored and for others of its group is kept once`() throws {
    let stored = try roster.file(
      "a.csv",
      "公民身份号码,姓名,户号,户主公民身份号码,与户主关系\n\(Self.number),示例甲,H1,\(Self.number),户主\n440524188001010014,示例乙,H2,440524188001010014,户主\n")
    _ = try roster.run(.load, [stored])
    let part = try roster.file(
      "b.csv", "公民身份号码,姓名,户号,与户主关系\n\(Self.number),示例甲,H1,妻\n11010519491231002X,示例丙,H1,户主\n440524188001010014,示例乙,H1,户主\n")
    let result = try roster.run(.load, [part])
    #expect(Set(roster.errors(result)) == ["1 R2104", "2 G2003", "3 G2003"])
    #expect(result.counts.quarantined == 3)
    let rows = try DatabaseQueue(path: roster.warehouse).read {
      try Row.fetchAll($0, sql: "SELECT row, reasons FROM quarantine ORDER BY row").map { "\($0[0] as Int) \($0[1] as String)" }
    }
    #expect(rows == ["1 R2104", "2 G2003", "3 G2003"])
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }
}
