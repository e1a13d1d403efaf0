import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

/// Records move to other grids by a table, as one batch that can be taken back, and old codes are told from then on.
struct RegridTests {
  private let roster: Roster
  private static let (one, two, three) = ("01000032069900100101", "01000032069900100102", "01000032069900100103")
  private static let grids = "网格编码,网格名称,网格类型\n\(one),第一网格,\n\(two),第二网格,\n\(three),第三网格,\n"
  private static let houses = "房屋编码,房屋地址,所属网格\nH1,样板街1号,\(one)\nH2,样板街2号,\(one)\n"
  private static let people = """
    公民身份号码,姓名,出生日期,网格编码,户号
    320699197001010018,示例甲,1970-01-01,\(one),A1
    320699197001010026,示例乙,1970-01-01,\(two),A2
    ,示例娃,2015-03-07,\(one),A1
    320699197001010034,示例丙,1970-01-01,,A3

    """

  init() throws { roster = try Roster() }

  private func regrid(_ table: String, day: String = "2026-01-01", _ change: (inout DeliveryOptions) -> Void = { _ in }) throws
    -> RegridRun.Report
  {
    let path = try roster.file("map.csv", table)
    var options = DeliveryOptions(verb: .load, paths: [], today: roster.today)
    (options.warehouse, options.operatorName) = (roster.warehouse, "test")
    change(&options)
    let pack = try SchemaPack.shipped()
    let scheme = try pack.gridScheme(nil)
    let map = try RegridMap(path: path, options: options, pack: pack, scheme: scheme)
    let written = Array(day.utf8)
    let read = CalendarDate(iso: written.span)
    let day = try #require(read)
    let report = try RegridRun(map, effective: day, options, pack, scheme).run()
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
    return report
  }

  private func load() throws {
    _ = try roster.load([Self.grids]) { $0.dataset = "grid" }
    _ = try roster.load([Self.houses]) { $0.dataset = "house" }
    _ = try roster.load([Self.people]) { $0.dataset = "registeredResident" }
  }

  private func grids(_ dataset: String, _ name: String) throws -> [[String]] {
    try Warehouse(path: roster.warehouse, mode: .read).rows(of: dataset, fields: [name, "gridCode"])
  }

  private func state() throws -> [[[String]]] {
    [
      try grids("house", "houseCode"), try grids("registeredResident", "personName"),
      try Warehouse(path: roster.warehouse, mode: .read).rows(of: "grid", fields: ["gridCode", "statusCode", "successorCode"]),
    ]
  }

  /// What people lie in the grids of a scope, by the grids of a day.
  private func people(_ scope: String, gridsOf day: Int?) throws -> [String] {
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset("registeredResident"))
    let selection = RowSelection(
      try #require(AreaScope(scope)), pack, try pack.gridScheme(nil), asOf: roster.today.text, includesClosed: true)
    let date = try day.map { try #require(CalendarDate(dayNumber: roster.today.dayNumber + $0)) }
    let reader = try #require(
      try WarehouseReader(try Warehouse(path: roster.warehouse, mode: .read), selection, gridsOf: date))
    var found: [String] = []
    _ = try reader.forEach(dataset, [try #require(dataset.index(of: "personName")), try #require(dataset.gridField)]) { rows in
      for record in 0..<rows.records.count {
        found.append(
          [0, 1].map { String(decoding: rows.records.copy(rows.records.range(record, $0)), as: UTF8.self) }.joined(
            separator: " "))
      }
    }
    return found.sorted()
  }

  @Test func `figures of a day are told by the grids of that day, whenever it was recorded`() throws {
    try load()
    _ = try regrid("原网格编码,新网格编码\n\(Self.one),\(Self.two)\n", day: "2025-06-01")
    _ = try regrid("原网格编码,新网格编码\n\(Self.two),\(Self.three)\n", day: "2025-12-01")
    let day = { (text: String) in (CalendarDate(iso: Array(text.utf8).span)?.dayNumber ?? 0) - roster.today.dayNumber }
    let (before, between, after) = (day("2025-05-31"), day("2025-06-01"), day("2025-12-01"))
    let all = ["示例丙 ", "示例乙 ", "示例娃 ", "示例甲 "]
    #expect(try people("all", gridsOf: before) == ["示例丙 ", "示例乙 \(Self.two)", "示例娃 \(Self.one)", "示例甲 \(Self.one)"])
    #expect(try people("all", gridsOf: between) == ["示例丙 ", "示例乙 \(Self.two)", "示例娃 \(Self.two)", "示例甲 \(Self.two)"])
    #expect(try people("all", gridsOf: after) == ["示例丙 "] + all.dropFirst().map { $0 + Self.three })
    #expect(try people("all", gridsOf: after) == people("all", gridsOf: nil))
    #expect(try people("area=\(Self.one)", gridsOf: before).count == 2)
    #expect(try people("area=\(Self.one)", gridsOf: between).isEmpty)
    // A move that was taken back never was.
    let order = Warehouse.UndoOrder(batch: 5, keepsLater: false, isDryRun: false, reason: nil)
    _ = try UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today).run(
      roster.warehouse)
    #expect(try people("all", gridsOf: between) == people("all", gridsOf: nil))
  }

  @Test func `all records of a grid move, those without a number too, and it is closed for another`() throws {
    try load()
    let before = try state()
    let dry = try regrid("原网格编码,新网格编码\n\(Self.one),\(Self.three)\n") { $0.dryRun = true }
    #expect(dry.result.batch == nil)
    #expect(try state() == before)
    let report = try regrid("原网格编码,新网格编码\n\(Self.one),\(Self.three)\n")
    #expect(report.moved.map { "\($0.dataset) \($0.count)" } == ["house 2", "registeredResident 2"])
    #expect(report.closed == 1 && report.staying == 0 && report.result.counts.quarantined == 0)
    #expect(
      try state() == [
        [["H1", Self.three], ["H2", Self.three]],
        [["示例丙", ""], ["示例乙", Self.two], ["示例娃", Self.three], ["示例甲", Self.three]],
        [[Self.one, "08", Self.three], [Self.two, "", ""], [Self.three, "", ""]],
      ])
    // A roster that still has the old code is told which one it is now.
    let late = try roster.load(["公民身份号码,姓名,网格编码\n320699197001010042,示例丁,\(Self.one)\n"]) {
      $0.dataset = "registeredResident"
    }
    #expect(roster.codes(late, .warning).contains("W0014"))
    #expect(roster.messages(late, language: .zh).contains { $0.contains("这个网格已撤销，现为 \(Self.three)") })
    let batch = try #require(report.result.batch)
    let order = Warehouse.UndoOrder(batch: batch, keepsLater: false, isDryRun: false, reason: nil)
    _ = try UndoRun(order, pack: .shipped(), operatorName: "test", toolVersion: "0", today: roster.today).run(roster.warehouse)
    let after = try state()
    #expect(after[0] == before[0] && after[2] == before[2])
    try roster.confirmPast()
  }

  @Test func `a table may part a grid by house or by number, and what no row is about stays`() throws {
    try load()
    let report = try regrid(
      "old,new,houseCode,公民身份号码\n\(Self.one),\(Self.two),H2,\n\(Self.one),\(Self.three),,320699197001010018\n")
    #expect(report.moved.map { "\($0.dataset) \($0.count)" } == ["house 1", "registeredResident 1"])
    #expect(report.staying == 2 && report.closed == 0)
    #expect(try grids("house", "houseCode") == [["H1", Self.one], ["H2", Self.two]])
    #expect(try grids("registeredResident", "personName").contains(["示例甲", Self.three]))
  }

  @Test(arguments: [
    ("网格,新网格编码\n\(one),\(two)\n", "noColumns"), ("old,new\n", "noRows"), ("old,new\n\(one),12\n", "badCode"),
    ("old,new\n\(one),\(one)\n", "nowhere"), ("old,new\n\(one),\(two)\n\(one),\(three)\n", "twice"),
    ("old,new,颜色\n\(one),\(two),红\n", "unknownHeading"), ("old,new\n\(one),01000032069900100188\n", "unknownGrid"),
    ("old,new\n01000032069900100109,\(two)\n", "nothing"),
  ]) func `a table that cannot be followed is refused, and nothing changes`(_ table: String, _ refusal: String) throws {
    try load()
    let before = try state()
    let error = #expect(throws: RegridRefusal.self) { _ = try regrid(table) }
    #expect(error.map { "\($0)".hasPrefix(refusal) } == true)
    #expect(try state() == before)
  }

  @Test func `a day to come is refused, and a roster that changes what a grid is is told`() throws {
    try load()
    #expect(throws: RegridRefusal.self) { _ = try regrid("old,new\n\(Self.one),\(Self.two)\n", day: "2026-01-02") }
    _ = try roster.load(["网格编码,网格名称,上级网格编码\n\(Self.one),第一网格,\(Self.two)\n"]) { $0.dataset = "grid" }
    let changed = try roster.load(["网格编码,网格名称,上级网格编码\n\(Self.one),第一网格,\(Self.three)\n"]) { $0.dataset = "grid" }
    #expect(roster.codes(changed, .warning).contains("W0015"))
    #expect(changed.counts.updated == 1)
  }

  @Test func `limits do not hold a move, and restricted records move too`() throws {
    try load()
    _ = try roster.load(["公民身份号码,姓名,帮扶类别,网格编码\n320699197001010018,示例甲,01,\(Self.one)\n"]) {
      ($0.dataset, $0.allowsRestricted, $0.purpose) = ("assistedPerson", true, "test")
    }
    let configuration = try SiteConfiguration(
      path: try roster.file("yaosu.yaml", "limits: {all: {maxChanged: 0, maxErrors: 0, minCreated: 9}}\n"))
    let report = try regrid("old,new\n\(Self.one),\(Self.three)\n") { $0.configuration = configuration }
    #expect(report.result.batch != nil)
    #expect(report.moved.map { "\($0.dataset) \($0.count)" }.contains("assistedPerson 1"))
    #expect(try grids("assistedPerson", "personName") == [["示例甲", Self.three]])
  }
}
