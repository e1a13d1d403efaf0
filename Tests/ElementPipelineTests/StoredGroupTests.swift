import ElementCore
import ElementPipeline
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// Rules over groups see the members that are stored: who stands first keeps the place, and what comes waits.
struct StoredGroupTests {
  let roster: Roster

  init() throws { roster = try Roster() }

  /// Loads a roster; a check says the same.
  private func load(_ text: String, isComplete: Bool = false) throws -> RunResult {
    try roster.load([text]) { ($0.dataset, $0.isComplete) = ("registeredResident", isComplete) }
  }

  private func stored(_ fields: String...) throws -> [[String]] {
    try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: fields)
  }

  private static let (first, second, third) = ("320699197001010018", "320699197001010026", "320699197001010034")
  private static let header = "公民身份号码,姓名,户号,与户主关系"

  @Test func `a second head of a household waits, and the finding names the stored one`() throws {
    _ = try load("\(Self.header)\n\(Self.third),示例丙,H2,户主\n\(Self.first),示例甲,H1,户主\n")
    let result = try load("\(Self.header)\n\(Self.second),示例乙,H1,户主\n\(Self.first),示例甲,H1,户主\n")
    #expect(roster.errors(result) == ["1 G2003"])
    #expect((result.counts.unchanged, result.counts.quarantined) == (1, 1))
    #expect(roster.messages(result, language: .en).contains("The household has 2 householders (see also lines 3)"))
    let alone = try load("\(Self.header)\n\(Self.second),示例乙,H1,户主\n")
    #expect(roster.messages(alone, language: .en).contains("The household has 2 householders (see also stored: batch 1 row 2)"))
    #expect(roster.messages(alone, language: .zh).contains("本户有 2 个户主（另见库中第 1 批第 2 行）"))
  }

  @Test(arguments: ["户主", "妻"]) func `a part of a record is judged where it will stand`(_ relation: String) throws {
    _ = try load("\(Self.header)\n\(Self.first),示例甲,H1,户主\n\(Self.second),示例乙,H1,妻\n")
    let result = try load("公民身份号码,姓名,与户主关系\n\(Self.second),示例乙,\(relation)\n")
    #expect(roster.errors(result) == (relation == "户主" ? ["1 G2003"] : []))
    #expect(try stored("householderRelationCode") == [["02"], ["12"]])
  }

  @Test func `heads change places in one delivery, and not where the old one waits`() throws {
    _ = try load("\(Self.header)\n\(Self.first),示例甲,H1,户主\n")
    let held = try load("\(Self.header)\n\(Self.first),王老五,H1,父亲\n\(Self.second),示例乙,H1,户主\n")
    #expect(roster.errors(held) == ["1 W0002", "2 G2003"])
    let done = try load("\(Self.header)\n\(Self.first),示例甲,H1,父亲\n\(Self.second),示例乙,H1,户主\n")
    #expect((done.counts.created, done.counts.updated) == (1, 1))
  }

  @Test func `who moves and waits leaves the place taken that it would have left`() throws {
    _ = try load("\(Self.header)\n\(Self.first),示例甲,H1,户主\n\(Self.second),示例乙,H2,户主\n")
    let result = try load("\(Self.header)\n\(Self.third),示例丙,H1,户主\n\(Self.first),示例甲,H2,户主\n")
    #expect(roster.errors(result) == ["1 G2003", "2 G2003"])
    #expect(try stored("personName", "householdNum") == [["示例乙", "H2"], ["示例甲", "H1"]])
  }

  @Test(arguments: ["人员状态\n\(first),示例甲,死亡", "是否已死亡\n\(first),示例甲,是", "是否已迁出\n\(first),示例甲,是"])
  func `the dead and those who moved are no heads`(_ change: String) throws {
    _ = try load("\(Self.header)\n\(Self.first),示例甲,H1,户主\n\(Self.third),示例丙,H1,长子\n")
    let result = try load("公民身份号码,姓名,\(change)\n")
    #expect(result.counts.updated == 1)
    #expect(roster.messages(result, language: .en).contains("The former household has no householder"))
    #expect(try load("\(Self.header)\n\(Self.second),示例乙,H1,户主\n").counts.created == 1)
  }

  @Test func `a stored head counts for members that come later`() throws {
    _ = try load("\(Self.header)\n\(Self.first),示例甲,H1,户主\n")
    let joined = try load("\(Self.header)\n\(Self.third),示例丙,H1,长子\n", isComplete: true)
    #expect(joined.counts.created == 1)
    #expect(!roster.codes(joined).contains("G2004"))
    let other = try load("\(Self.header)\n\(Self.second),示例乙,H9,长子\n", isComplete: true)
    #expect(roster.errors(other) == ["1 G2004"])
  }

  @Test func `a person without number who turns out to be stored is no second head`() throws {
    _ = try load("公民身份号码,姓名,出生日期,户号,与户主关系\n\(Self.first),示例甲,1970-01-01,H1,户主\n")
    let result = try load("公民身份号码,姓名,出生日期,户号,与户主关系\n,示例甲,1970-01-01,H1,户主\n")
    #expect(roster.errors(result) == [])
    #expect(result.counts.duplicate == 1)
  }

  @Test(arguments: [3, 150]) func `parts of a new person beside many are one record`(_ count: Int) throws {
    let crowd = (100..<100 + count).map { "\(Self.number($0)),示例甲,C\($0),户主\n" }
    _ = try load(Self.header + "\n" + crowd.joined())
    let parts = try load("公民身份号码,姓名,户号,与户主关系\n\(Self.first),示例甲,H1,\n\(Self.first),示例甲,,户主\n")
    #expect((parts.counts.created, parts.counts.duplicate) == (1, 1))
    let second = try load("公民身份号码,姓名,户号,与户主关系\n\(Self.second),示例乙,H1,\n\(Self.second),示例乙,,户主\n")
    #expect(second.counts.quarantined == 2)
  }

  @Test func `a record of several rows that comes into a household sees its head`() throws {
    _ = try load("公民身份号码,姓名,户号,与户主关系\n\(Self.first),示例甲,,\n\(Self.second),示例乙,1,户主\n")
    let result = try load("公民身份号码,姓名,户号,与户主关系\n\(Self.first),示例甲,,\n\(Self.first),示例甲,1,户主\n")
    #expect(result.counts.quarantined == 2)
    #expect(roster.codes(result).contains("G2003"))
  }

  // MARK: Histories

  /// Numbers that look drawn, the same for a seed.
  private struct Draw {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  /// What is known of a person: the household, whether the relation is that of its head, and whether the person lives.
  private struct Person: Hashable {
    var household = ""
    var relation = ""
    var status = ""
    var head: String? { household.isEmpty || relation != "02" || status == "03" ? nil : household }
  }

  private static let digits = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

  /// The number of a person, from 0.
  private static func number(_ person: Int) -> String {
    let body = "32069919700101" + String(1_000 + person).dropFirst()
    let sum = zip(body.utf8, digits).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
    return body + ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11]
  }

  /// What a delivery says of some persons: the columns that it has, and a value or nothing in each.
  private struct Delivery {
    let columns: [String]
    var rows: [(person: Int, said: [String: String])] = []

    init(_ draw: inout Draw, persons: Int, most: Int) {
      columns = ["户号", "与户主关系", "人员状态"].filter { _ in draw.below(4) > 0 }
      var people = Array(0..<persons)
      for _ in 0...draw.below(most) {
        let person = people.remove(at: draw.below(people.count))
        let said = [
          "户号": ["", "H1", "H2", "H3"][draw.below(4)], "与户主关系": ["", "户主", "户主", "长子"][draw.below(4)],
          "人员状态": ["", "", "在册", "死亡"][draw.below(4)],
        ]
        rows.append((person, said.filter { columns.contains($0.key) }))
      }
    }

    var text: String {
      let lines = rows.map { person, said in
        ([StoredGroupTests.number(person), "示例甲"] + columns.map { said[$0] ?? "" }).joined(separator: ",")
      }
      return ([(["公民身份号码", "姓名"] + columns).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    }
  }

  /// What becomes of a delivery beside what is known, worked out household by household: the persons that wait.
  private func waiting(_ delivery: Delivery, _ known: [Int: Person]) -> (waiting: Set<Int>, after: [Int: Person]) {
    var wanted: [Int: Person] = [:]
    for (person, said) in delivery.rows {
      var state = known[person] ?? Person()
      if let value = said["户号"], !value.isEmpty { state.household = value }
      if let value = said["与户主关系"], !value.isEmpty { state.relation = value == "户主" ? "02" : "22" }
      if let value = said["人员状态"], !value.isEmpty { state.status = value == "死亡" ? "03" : "01" }
      wanted[person] = state
    }
    var waits: Set<Int> = []
    while true {
      let before = waits
      for household in ["H1", "H2", "H3"] {
        let stands = known.filter { person, state in
          let after = waits.contains(person) ? state : wanted[person] ?? state
          return state.head == household && after.head == household
        }
        let comes = wanted.filter { $1.head == household && known[$0]?.head != household }
        if stands.count + comes.count > 1 { waits.formUnion(comes.keys) }
      }
      if waits == before { break }
    }
    return (waits, known.merging(wanted.filter { !waits.contains($0.key) }) { $1 })
  }

  @Test(arguments: LongLoop.part(0..<400, of: 40)) func `heads of households stand as they would one by one`(_ seed: Int) throws
  {
    var draw = Draw(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
    var known: [Int: Person] = [:]
    // With many stored beside few that come, groups are looked up one by one.
    let crowd = seed % 2 == 0 ? 0 : 150
    if crowd > 0 {
      let rows = (100..<100 + crowd).map { "\(Self.number($0)),示例甲,C\($0 / 4),长子\n" }
      _ = try load(Self.header + "\n" + rows.joined())
    }
    for _ in 0..<4 {
      var delivery = Delivery(&draw, persons: 9, most: 6)
      // Who comes back from the dead waits for that (W0011), whatever household he says.
      for place in delivery.rows.indices where known[delivery.rows[place].person]?.status == "03" {
        if delivery.rows[place].said["人员状态"] == "在册" { delivery.rows[place].said["人员状态"] = "" }
      }
      let (waiting, after) = waiting(delivery, known)
      let result = try load(delivery.text)
      let expected = delivery.rows.indices.filter { waiting.contains(delivery.rows[$0].person) }.map { "\($0 + 1) G2003" }
      #expect(roster.errors(result) == expected, "seed \(seed): \(delivery.text)")
      known = after
      let rows = try stored("identityNum", "householdNum", "householderRelationCode", "statusCode")
      #expect(
        Set(rows.filter { !$0[1].hasPrefix("C") })
          == Set(known.map { [Self.number($0), $1.household, $1.relation, $1.status] }), "seed \(seed): \(delivery.text)")
    }
  }
}
