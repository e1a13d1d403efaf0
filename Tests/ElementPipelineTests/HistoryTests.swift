import ElementCore
import ElementPipeline
import ElementTestSupport
import ElementWarehouse
import Foundation
import Testing

/// Generated histories: what is stored depends on what was said, not on how it was parted, in which order it came or what stood beside it.
struct HistoryTests {
  /// Numbers that look drawn, the same for a seed.
  struct Draw {
    var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }

    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

    mutating func shuffled<Element>(_ list: [Element]) -> [Element] {
      var (rest, out) = (list, [Element]())
      while !rest.isEmpty { out.append(rest.remove(at: below(rest.count))) }
      return out
    }
  }

  /// A roster as it is written: a value or nothing for each person and column.
  struct Table {
    var columns: [String]
    var rows: [(person: Int, said: [String: String])]

    var text: String {
      let lines = rows.map { person, said in
        ([HistoryTests.number(person), "示例甲"] + columns.map { said[$0] ?? "" }).joined(separator: ",")
      }
      return ([(["公民身份号码", "姓名"] + columns).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
    }
  }

  static let columns = [
    "性别", "联系方式", "现住门（楼）详址", "户号", "与户主关系", "所属社区（村）", "是否已死亡", "死亡日期", "人员状态", "是否人户分离", "人户一致标识",
  ]
  static let fields = [
    "identityNum", "personName", "sexCode", "contact", "residenceAddress", "householdNum", "householdScopeCode",
    "householderRelationCode", "villageName", "isDeceased", "deathDate", "statusCode", "statusDate", "isSeparated",
    "personHouseConsistCode",
  ]
  private static let digits = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

  /// The number of a person, from 0: of a man where it is odd.
  static func number(_ person: Int) -> String {
    let body = "32069919700101" + String(1_000 + person).dropFirst()
    let sum = zip(body.utf8, digits).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
    return body + ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11]
  }

  /// What is true of some persons: nothing of it contradicts itself, and no household has two heads.
  static func truth(_ draw: inout Draw, persons: Int) -> Table {
    var table = Table(columns: columns, rows: [])
    for person in 0..<persons {
      let isDead = draw.below(4) == 0
      let isApart = draw.below(3)
      var said = [
        "性别": person % 2 == 1 ? "男" : "女", "联系方式": "139123450\(10 + person)", "现住门（楼）详址": "示例路\(person)号",
        "户号": "H\(person / 3)", "与户主关系": person % 3 == 0 ? "户主" : person % 2 == 1 ? "长子" : "长女",
        "所属社区（村）": "东街社区", "是否已死亡": isDead ? "是" : "否", "死亡日期": isDead ? "2024-05-0\(1 + draw.below(9))" : "",
        "人员状态": isDead ? draw.pick(["", "死亡"]) : draw.pick(["", "在册"]),
        "是否人户分离": ["是", "否", ""][isApart], "人户一致标识": draw.below(2) == 0 ? "" : ["人户不一致", "人户一致", ""][isApart],
      ]
      for column in columns where draw.below(5) == 0 && !["是否已死亡", "死亡日期"].contains(column) { said[column] = "" }
      table.rows.append((person, said))
    }
    return table
  }

  private func stored(_ roster: Roster) throws -> [[String]] {
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.verify().differences.isEmpty)
    return try warehouse.rows(of: "registeredResident", fields: Self.fields)
  }

  /// Loads tables, each in a delivery of its own, or all in one; none of their rows may wait.
  private func load(_ tables: [Table], together: Bool = false, into roster: Roster) throws {
    let paths = try tables.enumerated().map { try roster.file("t\($0)-\(abs($1.text.hashValue)).csv", $1.text) }
    for paths in together ? [paths] : paths.map({ [$0] }) {
      let result = try roster.run(.load, paths) { $0.dataset = "registeredResident" }
      #expect(result.counts.quarantined == 0, "\(tables.map(\.text)) \(roster.messages(result, language: .en))")
    }
  }

  /// Parts of a table that say together what it says: its rows parted, and the columns of each part parted once more.
  static func parts(_ table: Table, _ draw: inout Draw) -> [Table] {
    var parts: [Table] = []
    var rows = draw.shuffled(table.rows)
    while !rows.isEmpty {
      let some = Array(rows.prefix(1 + draw.below(rows.count)))
      rows.removeFirst(some.count)
      var columns = draw.shuffled(table.columns)
      while !columns.isEmpty {
        let own = Array(columns.prefix(1 + draw.below(columns.count)))
        columns.removeFirst(own.count)
        // What is said once may be said again.
        let again = table.columns.filter { _ in draw.below(6) == 0 }
        parts.append(Table(columns: own + again.filter { !own.contains($0) }, rows: draw.shuffled(some)))
      }
    }
    return draw.shuffled(parts)
  }

  @Test(arguments: LongLoop.part(0..<240, of: 60)) func `parts of a roster in any order are the roster`(_ seed: Int) throws {
    var draw = Draw(seed)
    let table = Self.truth(&draw, persons: 9)
    let (whole, parted) = (try Roster(), try Roster())
    try load([table], into: whole)
    try load(Self.parts(table, &draw), together: seed % 3 == 0, into: parted)
    #expect(try stored(parted) == stored(whole), "seed \(seed)")
    try parted.confirmPast("seed \(seed)")
  }

  @Test(arguments: LongLoop.part(0..<240, of: 60)) func `a corrected roster leaves nothing of the wrong one`(_ seed: Int) throws
  {
    var draw = Draw(seed)
    var (wrong, right) = (Self.truth(&draw, persons: 9), Self.truth(&draw, persons: 9))
    // The wrong one may say less of a person, or nothing.
    wrong.rows.removeAll { _ in draw.below(5) == 0 }
    let (corrected, alone) = (try Roster(), try Roster())
    try load([right], into: alone)
    for row in right.rows.indices {
      let said = right.rows[row].said
      // What follows from another column is not taken away.
      let follows = [("人员状态", said["是否已死亡"] == "是"), ("人户一致标识", said["是否人户分离"] != "")]
      for column in right.columns where said[column] == "" && !follows.contains(where: { $0 == column && $1 }) {
        right.rows[row].said[column] = "<清空>"
      }
    }
    try load([wrong, right], into: corrected)
    let (found, wanted) = (try stored(corrected), try stored(alone))
    #expect(found.isEmpty == wanted.isEmpty)
    for (one, other) in zip(found, wanted) {
      let differing = Self.fields.indices.filter { one[$0] != other[$0] }.map {
        "\(Self.fields[$0]): \(one[$0]) not \(other[$0])"
      }
      #expect(differing == [], "seed \(seed), \(one[0])")
    }
    #expect(found.count == wanted.count)
  }

  @Test(arguments: LongLoop.part(0..<240, of: 60)) func `derived values are what their sources give`(_ seed: Int) throws {
    var draw = Draw(seed)
    let roster = try Roster()
    var dead: [Int: [String: String]] = [:]
    for _ in 0..<3 {
      var truth = Self.truth(&draw, persons: 6)
      for (place, row) in truth.rows.enumerated() {
        // Who died stays dead: a part that says otherwise and not why would wait.
        let said = dead[row.person] ?? row.said
        for column in ["是否已死亡", "死亡日期", "人员状态"] { truth.rows[place].said[column] = said[column] }
        if said["是否已死亡"] == "是" { dead[row.person] = said }
      }
      try load(Self.parts(truth, &draw), into: roster)
    }
    try roster.confirmPast("seed \(seed)")
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(
      of: "registeredResident",
      fields: ["isDeceased", "deathDate", "statusCode", "statusDate", "isSeparated", "personHouseConsistCode", "_derived"])
    for row in rows {
      let derived = Set(row[6].split(separator: ",").map(String.init))
      let isDead = row[0] == "1" || row[0].isEmpty && !row[1].isEmpty
      if derived.contains("statusCode") { #expect(row[2] == "03" && isDead, "seed \(seed): \(row)") }
      if derived.contains("statusDate") { #expect(row[3] == row[1], "seed \(seed): \(row)") }
      if derived.contains("personHouseConsistCode") {
        #expect(row[5] == ["1": "02", "0": "01"][row[4]], "seed \(seed): \(row)")
      }
      if isDead, row[2].isEmpty { Issue.record("seed \(seed): the status does not follow: \(row)") }
    }
  }

  @Test(arguments: LongLoop.part(0..<60, of: 20)) func `what becomes of a record does not depend on its neighbours`(_ seed: Int)
    throws
  {
    var draw = Draw(seed)
    var table = Self.truth(&draw, persons: 8)
    table.columns.removeAll { ["户号", "与户主关系"].contains($0) }
    for row in table.rows.indices where draw.below(2) == 0 {
      table.rows[row].said[draw.pick(table.columns)] = draw.pick(["坏值", "139****5678", "2024-13-45", "<清空>", "#N/A", "12"])
    }
    let (together, single) = (try Roster(), try Roster())
    let result = try together.run(.load, [try together.file("all.csv", table.text)]) { $0.dataset = "registeredResident" }
    var waiting = 0
    for (place, row) in table.rows.enumerated() {
      let path = try single.file("r\(place).csv", Table(columns: table.columns, rows: [row]).text)
      waiting += try single.run(.load, [path]) { $0.dataset = "registeredResident" }.counts.quarantined
    }
    #expect(result.counts.quarantined == waiting, "seed \(seed): \(table.text)")
    #expect(try stored(together) == stored(single), "seed \(seed)")
  }

  @Test(arguments: LongLoop.part(0..<60, of: 20)) func `heads that came in two loads are as many as in one`(_ seed: Int) throws
  {
    var draw = Draw(seed)
    var table = Self.truth(&draw, persons: 9)
    for row in table.rows.indices {
      table.rows[row].said["户号"] = "H\(draw.below(3))"
      table.rows[row].said["与户主关系"] = draw.below(3) == 0 ? "户主" : "长子"
      table.rows[row].said["性别"] = ""
    }
    table.columns.removeAll { $0 == "性别" }
    let cut = draw.below(table.rows.count)
    let halves = [table.rows[..<cut], table.rows[cut...]].map { Table(columns: table.columns, rows: Array($0)) }
    let (one, two) = (try Roster(), try Roster())
    func run(_ table: Table, _ roster: Roster) throws -> [(household: String, codes: Set<String>)] {
      let path = try roster.file("t\(table.rows.count).csv", table.text)
      let result = try roster.run(.load, [path]) { $0.dataset = "registeredResident" }
      return result.allFindings.filter { $0.code == RuleCode("G2003") }.map {
        (table.rows[$0.row - 1].said["户号"] ?? "", [$0.code.description])
      }
    }
    let whole = try run(table, one)
    let parts = try halves.flatMap { $0.rows.isEmpty ? [] : try run($0, two) }
    // Every household that is told in one load is told in two, and no other; of two heads who come one behind the other, one stays.
    #expect(Set(parts.map(\.household)) == Set(whole.map(\.household)), "seed \(seed): \(table.text)")
  }
}
