import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import GRDB
import Testing

/// A roster that is the whole of a part of the records closes those that it lacks, and nothing else.
struct ReplaceTests {
  private let roster: Roster
  private static let header = "公民身份号码,姓名,网格编码,户号,人员状态\n"
  /// Persons of two communities of one street, and of another county, and one of whom nobody knows where.
  private static let persons = [
    "a": "320699197001010018,示例甲,01000032069900100101,A1,", "b": "320699197001010026,示例乙,01000032069900100102,A2,",
    "c": "320699197001010034,示例丙,01000032069900100201,A3,", "d": "320699197001010042,示例丁,01000032068200100101,A4,",
    "e": "320699197001010050,示例戊,,A5,在册",
  ]

  init() throws { roster = try Roster() }

  private static func text(_ names: String) -> String {
    header + names.map { (persons[String($0)] ?? "") + "\n" }.joined()
  }

  /// A limit that lets all be closed: what is closed is asked here, not how much.
  private func free() throws -> SiteConfiguration {
    try SiteConfiguration(path: try roster.file("yaosu.yaml", "limits: {all: {maxRemoved: 100%}}\n"))
  }

  @discardableResult private func load(
    _ texts: [String], replacing scope: String? = nil, mode: LoadMode = .replace, dataset: String? = "registeredResident"
  ) throws -> RunResult {
    let configuration = try free()
    let scope = try scope.map { try #require(AreaScope($0)) }
    return try roster.load(texts) {
      ($0.dataset, $0.again, $0.configuration) = (dataset, true, configuration)
      if let scope { ($0.mode, $0.scope) = (mode, scope) }
    }
  }

  /// The names of the persons whose records are open, in a scope, now or behind a batch.
  private func open(_ scope: String = "all", behind batch: Int? = nil) throws -> String {
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset("registeredResident"))
    let selection = RowSelection(
      try #require(AreaScope(scope)), pack, try pack.gridScheme(nil), asOf: roster.today.text)
    let reader = try #require(
      try WarehouseReader(
        try Warehouse(path: roster.warehouse, mode: .read), selection, at: batch.map { PastMoment.batch($0) }))
    var (names, count): ([String], Int) = ([], 0)
    _ = try reader.forEach(dataset, dataset.key) { rows in
      for (place, spot) in rows.records.spots.enumerated() {
        let key = String(decoding: rows.records.copy(rows.records.range(place, 0)), as: UTF8.self)
        names += Self.persons.filter { $0.value.hasPrefix(key) }.map(\.key)
        count += 1
        #expect(Int(spot.row) == count)
      }
    }
    return names.sorted().joined()
  }

  private func undo(_ batch: Int) throws -> UndoReport {
    let order = Warehouse.UndoOrder(batch: batch, keepsLater: false, isDryRun: false, reason: nil)
    let report = try UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today)
      .run(roster.warehouse)
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    return report
  }

  @Test(arguments: [
    ("all", "abcde"), ("area=32", "abcd"), ("area=3206", "abcd"), ("area=320699", "abc"), ("area=320699001", "abc"),
    ("area=320699001001", "ab"), ("area=01000032069900100102", "b"), ("area=32069900100102", "b"), ("area=320699002", ""),
    ("人员状态=在册", "e"), ("statusCode=99", ""), ("网格编码=01000032068200100101", "d"),
  ]) func `what a roster lacks of its scope is closed, and nothing outside`(_ scope: String, _ inside: String) throws {
    try load([Self.text("abcde")])
    #expect(try open(scope) == inside)
    // A roster of one person who is in no scope but the whole.
    let result = try load(["公民身份号码,姓名\n320699197001010069,示例己\n"], replacing: scope)
    #expect(result.presences.map(\.outcome.closing.count) == [inside.count])
    #expect(result.presences.first?.outcome.scopeCount == inside.count)
    #expect(result.presences.first?.outcome.withoutArea == (scope.hasPrefix("area") ? 1 : 0))
    #expect(try open() == "abcde".filter { !inside.contains($0) })
    #expect(try open(behind: 1) == "abcde")
  }

  @Test func `a closed record opens when it is listed again, and not by a correction`() throws {
    try load([Self.text("abcde")])
    try load([Self.text("ac")], replacing: "area=320699001")
    #expect(try open() == "acde")
    let dataset = try #require(try SchemaPack.shipped().dataset("registeredResident"))
    let key = ["320699197001010026"]
    let lineage = try Warehouse(path: roster.warehouse, mode: .read).lineage(of: dataset, key: key)
    #expect(lineage?.closed?.batch == 2)
    #expect(LineageText(dataset).lines(lineage, key: key, .en).contains("is closed: the list of batch 2 lacked it"))
    let patched = try load([Self.header + "320699197001010026,示例乙,,A9,\n"], replacing: nil)
    #expect(patched.presences.map(\.outcome.opening.count) == [1])
    #expect(try open() == "abcde")
    #expect(try undo(3).closed == 1)
    #expect(try open() == "acde")
    #expect(try undo(2).opened == 1)
    #expect(try open() == "abcde")
    // The undo of the undo closes it again.
    _ = try undo(5)
    #expect(try open() == "acde")
    let corrected = try roster.load([Self.header + "320699197001010026,示例乙,,A8,\n"]) {
      ($0.dataset, $0.mode) = ("registeredResident", .patch)
    }
    #expect(corrected.counts.updated == 1)
    #expect(try open() == "acde")
    try roster.confirmPast()
  }

  @Test func `who waits is not lacking, and of whom nobody knows lets nothing be closed`() throws {
    try load([Self.text("abc")])
    // 示例乙 waits: no telephone number has two digits.
    let header = "公民身份号码,姓名,网格编码,联系电话\n"
    let waiting = try load(
      [header + "320699197001010018,示例甲,,\n320699197001010026,示例乙,,12\n"], replacing: "area=320699")
    #expect(waiting.counts.quarantined == 1)
    #expect(try open() == "ab")
    let unknown = try load([header + "320699197001010018,示例甲,,\n320699197001010027,示例乙,,\n"], replacing: "area=320699")
    #expect(unknown.counts.quarantined == 1)
    #expect(roster.codes(unknown, .warning).contains("W0010"))
    #expect(try open() == "ab")
  }

  @Test func `too many closed, or no row at all, hold the load without any limit`() throws {
    try load([Self.text("abcde")])
    let file = try roster.file("part.csv", Self.text("abcd"))
    func replace(_ path: String) throws -> RunResult {
      try roster.run(.load, [path]) { ($0.dataset, $0.mode, $0.scope) = ("registeredResident", .replace, .all) }
    }
    let held = try replace(file)
    #expect(held.outcome == .held)
    #expect(
      held.hold?.limits.map { "\($0.name) \($0.dataset ?? "") \($0.limit) \($0.actual)" } == [
        "maxRemoved registeredResident 5% 1"
      ])
    let none = try replace(try roster.file("none.csv", Self.header))
    #expect(none.hold?.limits.map(\.name) == ["maxRemoved", "minRead"])
    #expect(try open() == "abcde")
  }

  @Test func `a record without a grid lies where what it names lies`() throws {
    let houses = "房屋编码,房屋地址,所属网格\nH1,样板街1号,01000032069900100101\nH2,样板街2号,01000032068200100101\n"
    let forms = "证件号码,姓名,房屋编码\n320699197001010018,示例甲,H1\n320699197001010026,示例乙,H2\n320699197001010034,示例丙,\n"
    _ = try roster.load([houses]) { $0.dataset = "house" }
    _ = try roster.load([forms]) { $0.dataset = "floatingResident" }
    let configuration = try free()
    let file = try roster.file("rest.csv", "证件号码,姓名\n320699197001010034,示例丙\n")
    let result = try roster.run(.load, [file]) {
      ($0.dataset, $0.mode, $0.scope, $0.configuration) = ("floatingResident", .replace, .area("320682"), configuration)
    }
    #expect(result.presences.map(\.outcome.closing.count) == [1])
    #expect(result.presences.first?.outcome.withoutArea == 1)
  }

  @Test(arguments: ["楼栋颜色=红", "姓名=示例甲", "人员状态=不存在"]) func `a scope that a dataset cannot have is refused`(_ scope: String)
    throws
  {
    let wanted = try #require(AreaScope(scope))
    let file = try roster.file("a.csv", Self.text("a"))
    #expect(throws: ScopeError.self) {
      try roster.run(.load, [file]) { ($0.dataset, $0.mode, $0.scope) = ("registeredResident", .replace, wanted) }
    }
  }

  @Test(arguments: ["", "area=", "area=1", "area=3206x9", "area=012345678901234567890", "=1", "x=", "街道"])
  func `other texts are no scope`(_ text: String) { #expect(AreaScope(text) == nil) }

  @Test func `who is said to be dead is brought back by a correction only, and counts no more`() throws {
    let header = "公民身份号码,姓名,是否已死亡,人员状态\n"
    try load([header + "320699197001010018,示例甲,是,\n320699197001010026,示例乙,,迁出\n320699197001010034,示例丙,,\n"])
    #expect(try open() == "c")
    let listed = try load([header + "320699197001010018,示例甲,,\n320699197001010026,示例乙,,在册\n"])
    #expect(roster.errors(listed) == ["2 W0011"])
    #expect(
      roster.messages(listed, language: .zh).contains(
        "台账中这条记录的“人员状态”是 迁出（第 1 批第 2 行），这一行报为 在册，但没有说明原记录有误"))
    let corrected = try load([header + "320699197001010018,示例甲,否,\n"])
    #expect(roster.codes(corrected, .info).contains("W0012"))
    #expect(corrected.counts.updated == 1)
    _ = try roster.load([header + "320699197001010026,示例乙,,在册\n"]) {
      ($0.dataset, $0.mode) = ("registeredResident", .patch)
    }
    #expect(try open() == "abc")
    // Who will have moved away is here until then.
    try load(["公民身份号码,姓名,人员状态,变动日期\n320699197001010034,示例丙,迁出,2025-12-31\n"])
    #expect(try open() == "ab")
  }

  @Test func `who has 15 digits, or gets a number, is not lacking`() throws {
    try load([Self.header + "320699197001010018,示例甲,,A1,\n"])
    let former = try load([Self.header + "320699700101001,示例甲,,A1,\n"], replacing: "all")
    #expect(former.presences.map(\.outcome.closing.count) == [0])
    let header = "公民身份号码,姓名,出生日期,户号\n"
    let other = try Roster()
    _ = try other.load([header + ",示例娃,2015-03-07,A1\n"]) { $0.dataset = "registeredResident" }
    let numbered = try other.load([header + "32069920150307001X,示例娃,2015-03-07,A1\n"]) {
      ($0.dataset, $0.mode, $0.scope) = ("registeredResident", .replace, .all)
    }
    #expect(numbered.outcome == .loaded && numbered.presences.map(\.outcome.closing.count) == [0])
  }

  @Test func `a held roster that goes on closes nobody who came behind it`() throws {
    try load([Self.text("abc")])
    let part = try roster.file("part.csv", Self.text("a"))
    func replace(_ change: (inout DeliveryOptions) -> Void = { _ in }) throws -> RunResult {
      try roster.run(.load, [part]) {
        ($0.dataset, $0.mode, $0.scope) = ("registeredResident", .replace, .all)
        change(&$0)
      }
    }
    let held = try replace()
    #expect(held.outcome == .held)
    try load([Self.text("cd")])
    let batch = try #require(held.hold?.batch)
    let resumed = try replace { $0.resumes = (batch, "test") }
    #expect(resumed.presences.map(\.outcome.closing.count) == [1])
    #expect(try open() == "acd")
  }

  @Test func `a flag takes back only what it is about`() throws {
    let header = "公民身份号码,姓名,是否已死亡,是否已迁出,人员状态\n"
    try load([header + "320699197001010018,示例甲,是,,\n320699197001010026,示例乙,,,迁出\n320699197001010034,示例丙,,,注销\n"])
    let listed = try load([
      header + "320699197001010018,示例甲,,否,在册\n320699197001010026,示例乙,否,,在册\n320699197001010034,示例丙,否,否,在册\n"
    ])
    #expect(roster.errors(listed) == ["1 W0011", "2 W0011", "3 W0011"])
    let moved = try load([header + "320699197001010026,示例乙,,否,在册\n"])
    #expect(roster.errors(moved) == [] && moved.counts.updated == 1)
  }

  @Test func `who is closed is named, a scope without anybody is told, and another office's records stay`() throws {
    try load([Self.text("abd")])
    let closed = try load([Self.text("a")], replacing: "area=320699")
    #expect(
      roster.messages(closed, language: .en).contains { $0.contains("(batch 1 row 2) lies in the scope and is not listed") })
    #expect(roster.codes(closed, .info).contains("W0017"))
    let none = try load([Self.text("a")], replacing: "area=990000")
    #expect(roster.codes(none, .warning).contains("W0016"))
    let configuration = try free()
    func deliver(_ names: String, _ sender: String, _ area: String, replaces: Bool) throws -> RunResult {
      try roster.load([Self.text(names)]) {
        ($0.dataset, $0.again, $0.configuration) = ("registeredResident", true, configuration)
        ($0.sender, $0.area) = (sender, area)
        if replaces { ($0.mode, $0.scope) = (.replace, .all) }
      }
    }
    _ = try deliver("ce", "east", "320699001", replaces: false)
    let other = try deliver("a", "west", "320682", replaces: true)
    #expect(roster.codes(other, .warning).contains("W0018"))
    #expect(try open() == "ace")
    // Who is gone by the own roster of an office is not its own any more.
    _ = try deliver("c", "east", "320699001", replaces: true)
    #expect(roster.errors(try deliver("e", "west", "320682", replaces: false)) == [])
  }

  @Test(arguments: ["户号=A5", "出生日期=1970-01-01", "联系方式=1", "现住门（楼）详址=x"])
  func `a scope says nothing of persons`(_ text: String) throws {
    let pack = try SchemaPack.shipped()
    let (scope, dataset) = (try #require(AreaScope(text)), try #require(pack.dataset("registeredResident")))
    #expect(throws: ScopeError.self) { try scope.condition(in: dataset, pack) }
  }

  @Test(arguments: ["DELETE FROM closing", "DELETE FROM closing WHERE id = 2", "UPDATE closing SET closes = 0"])
  func `closings that are gone or changed are found`(_ sql: String) throws {
    try load([Self.text("abc")])
    try load([Self.text("a")], replacing: "all")
    try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: sql) }
    #expect(try !Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }
}
