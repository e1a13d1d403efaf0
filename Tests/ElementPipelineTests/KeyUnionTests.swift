import ElementCore
import ElementPipeline
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// Rows of one key in a delivery: those that do not contradict each other are one record.
struct KeyUnionTests {
  let roster: Roster
  private static let number = "320699197001010018"
  private static let other = "11010519491231002X"
  private static let fields = [
    "identityNum", "personName", "sexCode", "contact", "residenceAddress", "householdNum", "statusCode",
  ]

  init() throws { roster = try Roster() }

  /// Loads rosters in one delivery; a check says the same.
  private func load(_ texts: String...) throws -> RunResult { try roster.load(texts) { $0.dataset = "registeredResident" } }

  private func stored() throws -> [[String]] {
    try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: Self.fields)
  }

  private static let person = [number, "示例甲", "1", "13912345001", "示例路1号", "H1", "01"]

  @Test(arguments: [
    ["公民身份号码,姓名,性别,现住址,户号\n\(number),示例甲,男,示例路1号,H1\n", "公民身份号码,姓名,联系方式,人员状态\n\(number),示例甲,13912345001,在册\n"],
    ["公民身份号码,姓名,性别,现住址,户号,联系方式,人员状态\n\(number),示例甲,男,,H1,13912345001,\n\(number),示例甲,,示例路1号,,,在册\n"],
    [
      "公民身份号码,姓名,性别\n\(number),示例甲,男\n", "公民身份号码,姓名,联系方式,户号\n\(number),示例甲,13912345001,H1\n",
      "公民身份号码,姓名,现住址,人员状态\n\(number),示例甲,示例路1号,在册\n",
    ],
  ])
  func `parts of a record in one delivery are one record, whatever the parts`(_ parts: [String]) throws {
    let result =
      parts.count == 1
      ? try load(parts[0]) : parts.count == 2 ? try load(parts[0], parts[1]) : try load(parts[0], parts[1], parts[2])
    #expect(result.counts.created == 1)
    #expect(result.counts.duplicate == result.counts.read - 1)
    #expect(try stored() == [Self.person])
    #expect(roster.codes(result).contains("G2010"))
    #expect(!roster.codes(result).contains("G2005"))
  }

  @Test func `a part of a stored record and another part update it once`() throws {
    _ = try load("公民身份号码,姓名,性别,户号,人员状态\n\(Self.number),示例甲,男,H1,在册\n")
    let result = try load("公民身份号码,姓名,联系方式\n\(Self.number),示例甲,13912345001\n", "公民身份号码,姓名,现住址\n\(Self.number),示例甲,示例路1号\n")
    #expect((result.counts.updated, result.counts.duplicate) == (1, 1))
    #expect(try stored() == [Self.person])
    // The same parts in another file say nothing new.
    let again = try load("公民身份号码,姓名,联系方式,现住址\n\(Self.number),示例甲,13912345001,\n\(Self.number),示例甲,,示例路1号\n")
    #expect((again.counts.unchanged, again.counts.duplicate) == (1, 1))
  }

  @Test func `two values contradict each other, and all rows of the key wait`() throws {
    let result = try load(
      "公民身份号码,姓名,联系方式,性别\n\(Self.number),示例甲,13912345001,\n\(Self.number),示例甲,,男\n\(Self.number),示例甲,13912345002,\n\(Self.other),示例乙,,\n"
    )
    #expect(roster.errors(result) == ["1 G2005", "2 G2005", "3 G2005"])
    #expect((result.counts.created, result.counts.quarantined) == (1, 3))
  }

  @Test func `a value and its being cleared contradict each other`() throws {
    let result = try load("公民身份号码,姓名,联系方式\n\(Self.number),示例甲,<清空>\n\(Self.number),示例甲,13912345001\n")
    #expect(roster.errors(result) == ["1 G2005", "2 G2005"])
  }

  @Test func `a row with an error of its own waits alone where it contradicts nothing`() throws {
    let result = try load("公民身份号码,姓名,联系方式,性别\n\(Self.number),示例甲,12,\n\(Self.number),示例甲,,男\n")
    #expect(Set(roster.errors(result).map { String($0.prefix(2)) }) == ["1 "])
    #expect((result.counts.created, result.counts.quarantined) == (1, 1))
    #expect(try stored().first?[2] == "1")
  }

  @Test func `parts that break a rule only together wait`() throws {
    let result = try load(
      "公民身份号码,姓名,户主公民身份号码,与户主关系\n\(Self.number),示例甲,\(Self.number),\n\(Self.number),示例甲,,妻\n")
    #expect(roster.errors(result) == ["1 G2005", "2 G2005"])
    #expect(result.counts.quarantined == 2)
  }

  @Test func `what follows from other fields is judged on the whole record`() throws {
    let result = try load("公民身份号码,姓名,是否已死亡,人员状态\n\(Self.number),示例甲,是,\n\(Self.number),示例甲,,注销\n")
    #expect((result.counts.created, result.counts.duplicate) == (1, 1))
    #expect(try stored().first?.last == "04")
  }

  @Test func `a record of several rows counts once in its group, and all its rows wait where it must`() throws {
    let header = "公民身份号码,姓名,户号,与户主关系\n"
    let result = try load(
      header + "\(Self.number),示例甲,H1,\n\(Self.number),示例甲,,户主\n\(Self.other),示例乙,H1,户主\n440524188001010014,示例丙,H1,子\n")
    #expect(roster.errors(result) == ["1 G2003", "2 G2003", "3 G2003"])
    #expect((result.counts.created, result.counts.quarantined) == (1, 3))
    let alone = try load(
      header + "\(Self.number),示例甲,H2,\n\(Self.number),示例甲,,户主\n320699197001010034,示例丁,H2,子\n")
    #expect(alone.counts.quarantined == 0)
    #expect(!roster.codes(alone).contains("G2004"))
  }

  private static let household = "公民身份号码,姓名,户号,与户主关系,户主公民身份号码\n"

  private func quarantined() throws -> [String] {
    try DatabaseQueue(path: roster.warehouse).read {
      try Row.fetchAll($0, sql: "SELECT row, reasons FROM quarantine ORDER BY row").map { "\($0[0] as Int) \($0[1] as String)" }
    }
  }

  @Test(
    arguments: [
      // The first part alone contradicts what is stored, both together do not.
      ("\(number),示例甲,,妻,\n\(number),示例甲,,,\(other)\n", [], 1),
      ("\(number),示例甲,,,\(other)\n\(number),示例甲,,妻,\n", [], 1),
      // Both together do, whichever says it.
      ("\(number),示例甲,,妻,\n\(number),示例甲,8,,\n", ["1 R2104", "2 R2104"], 0),
      ("\(number),示例甲,8,,\n\(number),示例甲,8,妻,\n", ["1 R2104", "2 R2104"], 0),
    ] as [(String, [String], Int)])
  func `parts are judged together beside what is stored, and all wait where they must`(
    _ rows: String, _ waiting: [String], _ updated: Int
  ) throws {
    _ = try load(Self.household + "\(Self.number),示例甲,7,户主,\(Self.number)\n")
    let result = try load(Self.household + rows)
    #expect(roster.errors(result) == waiting)
    #expect((result.counts.updated, result.counts.quarantined) == (updated, waiting.count))
    #expect(try quarantined() == waiting)
  }

  @Test(arguments: [0, 1, 2]) func `a limit of waiting rows counts parts of one record as what they become`(_ most: Int) throws
  {
    func load(_ text: String) throws -> RunResult {
      try roster.run(.load, [roster.file("\(abs(text.hashValue)).csv", text)]) {
        ($0.dataset, $0.errorLimit) = ("registeredResident", .count(most))
      }
    }
    let header = "公民身份号码,姓名,联系方式,现住址\n"
    let parts =
      "\(Self.number),示例甲,13912345678,\n\(Self.number),示例甲,,示例路1号\n\(Self.other),示例乙,,示例路2号\n\(Self.other),示例乙,13912345677,\n"
    let first = try load(header + parts)
    #expect(first.outcome == .loaded)
    #expect((first.counts.created, first.counts.duplicate) == (2, 2))
    let second = try load(header + parts.replacing("1号", with: "9号"))
    #expect((second.counts.updated, second.counts.unchanged, second.counts.duplicate) == (1, 1, 2))
    #expect(try stored().contains { $0[4] == "示例路9号" })
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `a row that a wrong one kept out, and that its group keeps waiting, is in quarantine`() throws {
    let file = try roster.file(
      "r.csv", "公民身份号码,姓名,联系方式,户号,与户主关系\n\(Self.number),示例甲,12,,\n\(Self.number),示例甲,,H1,妻\n")
    let result = try roster.run(.load, [file]) { $0.isComplete = true }
    #expect(roster.errors(result) == ["1 V1308", "2 G2004"])
    #expect(try quarantined() == ["1 V1308", "2 G2004"])
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `a value that is wrong in one row contradicts nothing in the others`() throws {
    let result = try load(
      "公民身份号码,姓名,联系方式,性别\n\(Self.number),示例甲,13912345678,\n\(Self.number),示例甲,12,\n\(Self.number),示例甲,,男\n")
    #expect(roster.errors(result) == ["2 V1308"])
    #expect((result.counts.created, result.counts.duplicate, result.counts.quarantined) == (1, 1, 1))
  }

  @Test func `many records in parts come to the same rows as the records whole`() throws {
    let numbers = (0..<1_500).map { "W\(100_000 + $0)" }
    let header = "人员编号,网格员姓名,专兼职,联系方式\n"
    let whole = try roster.file("whole.csv", header + numbers.map { "\($0),示例,1,13912345678\n" }.joined())
    let parts = try roster.file(
      "parts.csv",
      header + numbers.map { "\($0),示例,1,\n" }.joined() + numbers.reversed().map { "\($0),示例,,13912345678\n" }.joined())
    let wanted = try roster.run(.load, [whole])
    for jobs in [1, 2] {
      let path = roster.scratch.path + "/parts\(jobs).db"
      let result = try roster.run(.load, [parts]) { ($0.warehouse, $0.jobs) = (path, jobs) }
      #expect((result.counts.created, result.counts.duplicate) == (1_500, 1_500))
      #expect(result.digest == wanted.digest)
      #expect(try Warehouse(path: path, mode: .read).verify().differences.isEmpty)
    }
  }

  @Test func `a tree, a total and a sequence look at the record, not at its first row`() throws {
    let (one, two) = ("01000032069900100101", "01000032069900100102")
    // The parent stands in the second part only, and is not there.
    let tree = try Roster()
    let orphan = try tree.load(["网格编码,网格名称\n\(one),第一网格\n", "网格编码,网格名称,上级网格编码\n\(one),第一网格,\(two)\n"]) { $0.dataset = "grid" }
    #expect(tree.codes(orphan, .error).contains("G2007"))
    // The number of households too.
    let total = try Roster()
    let files = [
      try total.file("g1.csv", "网格编码,网格名称\n\(one),第一网格\n"), try total.file("g2.csv", "网格编码,网格名称,户数\n\(one),第一网格,5\n"),
      try total.file("h.csv", "户号,户主公民身份号码,所属网格,户内人数\nA1,11010519491231002X,\(one),2\n"),
    ]
    let counted = try total.run(.check, files)
    #expect(total.codes(counted, .warning).contains("G3201"), "\(total.codes(counted))")
    let steps = try Roster()
    let header = "案卷编号,步骤序号,办理动作,办理时间\n"
    let back = try steps.load([
      header + "E1,1,办理,2024-05-02 10:00:00\nE1,2,办理,\n", header + "E1,2,办理,2024-05-01 10:00:00\n",
    ]) { $0.dataset = "eventStep" }
    #expect(steps.codes(back, .error).contains("G3011"), "\(steps.messages(back, language: .en))")
  }
}
