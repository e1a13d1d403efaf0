import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// Days that are recorded: what was found anew, what was mended, what is still there, and why.
struct DayTests {
  private let roster: Roster
  private static let header = "公民身份号码,姓名,性别,户号,与户主关系,联系方式,网格编码\n"
  private static let grid = "01000032069900100101"
  private static let grids =
    "网格编码,网格名称,村（社区）名称,网格状态,状态日期\n01000032069900100101,第一网格,东街社区,正常,\n01000032069900100102,第二网格,东街社区,撤销,2026-01-05\n"

  init() throws { roster = try Roster() }

  private func day(_ text: String) throws -> CalendarDate {
    let parsed = CalendarDate(iso: Array(text.utf8).span)
    return try #require(parsed)
  }

  private func load(_ text: String, on day: String) throws -> RunResult {
    let today = try self.day(day)
    let file = try roster.file("r\(abs(text.hashValue)).csv", text)
    return try roster.run(.load, [file]) { ($0.area, $0.again, $0.today) = ("320699001001", true, today) }
  }

  @discardableResult private func record(
    on day: String, _ change: (inout DeliveryOptions) -> Void = { _ in }
  ) throws -> LifeCounts {
    var options = DeliveryOptions(verb: .check, paths: [], today: try self.day(day))
    (options.warehouse, options.operatorName) = (roster.warehouse, "test")
    (options.keepsAllFindings, options.checksStored, options.recordsDay) = (true, true, true)
    change(&options)
    return try #require(try StoredCheck(options).run().lives)
  }

  /// The lives of the errors and warnings but those of grids: code, first day, last day, why it began and why it ended.
  private func lives() throws -> [String] {
    try DatabaseQueue(path: roster.warehouse).read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT k.code, f.day, l.day, c.cause, c.end_cause FROM finding_life c JOIN finding_kind k ON k.id = c.kind
          JOIN quality_day f ON f.number = c.first LEFT JOIN quality_day l ON l.number = c.last
          WHERE k.severity <> 'info' AND k.dataset <> 'grid' ORDER BY f.day, k.code, c.record
          """
      ).map { row in
        let (code, first, last): (String, String, String?) = (row[0], row[1], row[2])
        let end = (row[4] as Int?).flatMap(LifeCause.init).map { " \(last?.suffix(2) ?? "") \($0)" } ?? ""
        return "\(code) \(first.suffix(2)) \((row[3] as Int?).flatMap(LifeCause.init).map { "\($0)" } ?? "first")\(end)"
      }
    }
  }

  private func expect(_ wanted: [String], _ place: SourceLocation = #_sourceLocation) throws {
    let found = try lives()
    #expect(found == wanted, sourceLocation: place)
  }

  private static func person(_ number: String, _ household: String, _ phone: String, _ grid: String = grid) -> String {
    "\(number),示例甲,\(number.dropLast().last.map { "02468".contains($0) } ?? false ? "女" : "男"),\(household),户主,\(phone),\(grid)\n"
  }

  /// A layer of the site with a rule about who has reached an age, in days; what it asks for may be another.
  private func rule(asks assertion: String) throws -> String {
    let folder = roster.scratch.path + "/schemas/overlays"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = """
      overlay: town
      title: {zh: 镇, en: Town}
      level: city
      source: test
      datasets:
        registeredResident:
          rules:
            - code: R9001
              symbol: OF_AGE
              field: contact
              when: today - identityNum.birthDate() >= 20458
              assert: \(assertion)
              severity: warning
              title: {zh: 到龄人员要能联系上, en: Who is of age can be reached}
              message: {zh: '“{header}”不能为空', en: '"{header}" is needed'}
              rationale: {zh: 到龄要走访。, en: They are visited.}
              fix: {zh: 补填。, en: Fill it in.}
              source: test
              failing: ["公民身份号码,姓名,联系方式\\n320699195001010019,示例甲,"]
              passing: ["公民身份号码,姓名,联系方式,曾用名\\n320699195001010019,示例甲,13800138001,示例丙"]

      """
    try text.write(toFile: folder + "/town.yaml", atomically: true, encoding: .utf8)
    return roster.scratch.path + "/schemas"
  }

  private func undo(_ batch: Int, on day: String) throws {
    let order = Warehouse.UndoOrder(batch: batch, keepsLater: false, isDryRun: false, reason: nil)
    _ = try UndoRun(
      order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: try self.day(day)
    ).run(roster.warehouse)
  }

  private func discardWaiting(on day: String) throws {
    var head = BatchHead(
      operatorName: "test", sender: nil, area: nil, toolVersion: "0", schemaDigest: "", deliveryDigest: "", asOf: day)
    head.reason = "entered anew"
    _ = try Warehouse(path: roster.warehouse, mode: .write).discardWaiting(WaitingRow.Filter(), head, isDryRun: false)
  }

  @Test func `seven nights tell what is new, mended and still there, and why`() throws {
    let schemas = try rule(asks: "has(contact)")
    func record(_ day: String, layer: Bool = true) throws -> LifeCounts {
      try self.record(on: day) { if layer { ($0.schemas, $0.overlays) = (schemas, ["town"]) } }
    }
    let (first, second, third) = ("320699197001010018", "320699197001010034", "320699197001010050")
    // The first night: a service number for a telephone, and a row that waits because of its number.
    _ = try load(Self.grids, on: "2026-01-01")
    _ = try load(
      Self.header + Self.person(first, "1", "12345") + Self.person(second, "2", "")
        + Self.person("320699197001010019", "9", "13800138002"), on: "2026-01-01")
    #expect(try record("2026-01-01").first > 0)
    try expect(["V1103 01 first", "V1311 01 first"])
    // The second: nothing happens.
    let quiet = try record("2026-01-02")
    #expect(quiet.beginning.isEmpty && quiet.ending.isEmpty && quiet.persisting > 0)
    // The third: the telephone is corrected, and somebody comes with one like it, into the grid that will be closed.
    let corrected = try load(
      Self.header + Self.person(first, "1", "13800138003") + Self.person(third, "3", "12345", "01000032069900100102"),
      on: "2026-01-03")
    _ = try record("2026-01-03")
    try expect(["V1103 01 first", "V1311 01 first 02 data", "V1311 03 data"])
    // The fourth: that load is taken back; what it had mended is there again, what it brought is gone.
    try undo(try #require(corrected.batch), on: "2026-01-04")
    _ = try record("2026-01-04")
    let fourth = ["V1103 01 first", "V1311 01 first 02 data", "V1311 03 data 03 data", "V1311 04 data"]
    try expect(fourth)
    // The fifth: a birthday, of somebody whose telephone nobody knows.
    let birthday = try record("2026-01-05")
    #expect(birthday.beginning == [.time: 1])
    try expect(fourth + ["R9001 05 time"])
    // The sixth: the rule asks for more, of both; no grid has done anything.
    _ = try rule(asks: "has(contact) && has(usedName)")
    #expect(try record("2026-01-06").beginning == [.rules: 1])
    try expect(fourth + ["R9001 05 time", "R9001 06 rules"])
    // The seventh: who waits comes with a number that is sound, and the layer is taken off.
    _ = try load(Self.header + Self.person(third, "9", "13800138002"), on: "2026-01-07")
    try discardWaiting(on: "2026-01-07")
    let last = try record("2026-01-07", layer: false)
    #expect(last.ending[.rules] == 2)
    try expect(
      [
        "V1103 01 first 06 data", "V1311 01 first 02 data", "V1311 03 data 03 data", "V1311 04 data",
        "R9001 05 time 06 rules", "R9001 06 rules 06 rules",
      ])
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.isEmpty)
  }

  @Test func `a closed grid is found by its day, and a day is recorded anew as if it had not been`() throws {
    _ = try load(Self.grids, on: "2026-01-01")
    _ = try load(Self.header + Self.person("320699197001010018", "1", "13800138001", "01000032069900100102"), on: "2026-01-01")
    try record(on: "2026-01-04")
    #expect(try record(on: "2026-01-05").beginning == [.time: 1])
    try expect(["W0014 05 time"])
    #expect(try record(on: "2026-01-05").beginning == [.time: 1])
    try expect(["W0014 05 time"])
    // It moves before the night is over.
    _ = try load(Self.header + Self.person("320699197001010018", "1", "13800138001"), on: "2026-01-05")
    #expect(try record(on: "2026-01-05").beginning[.time] == nil)
    try expect([])
    #expect(throws: DayRefusal.self) { try record(on: "2026-01-04") }
  }

  @Test(arguments: [
    ("UPDATE finding_life SET first = 9", "没有记录过"), ("UPDATE finding_life SET end_cause = 1", "没有原因"),
    ("UPDATE finding_life SET kind = 99", "没有登记"),
    (
      "INSERT INTO finding_life SELECT fingerprint, first + 1, kind, record, cause, last, end_cause FROM finding_life", "重叠"
    ), ("UPDATE quality_day SET batch = 7", "被改动过"), ("UPDATE run_metric SET numerator = numerator + 1", "指标"),
  ]) func `verify tells what was done to days behind the program's back`(_ change: String, _ told: String) throws {
    _ = try load(Self.header + Self.person("320699197001010018", "1", "12345"), on: "2026-01-01")
    try record(on: "2026-01-01")
    try record(on: "2026-01-02")
    try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: change) }
    let found = try Warehouse(path: roster.warehouse, mode: .read).verify().differences
    #expect(found.contains { $0.message.zh.contains(told) }, "\(found.map(\.message.zh))")
  }

  @Test func `what only a check of what is stored finds is waived by its fingerprint once a day is recorded`() throws {
    _ = try load(Self.grids, on: "2026-01-01")
    _ = try load(
      Self.header + Self.person("320699197001010018", "1", "13800138001", "01000032069900100102"), on: "2026-01-01")
    try record(on: "2026-01-05")
    let fingerprint = try #require(
      try DatabaseQueue(path: roster.warehouse).read { db in
        try String.fetchOne(
          db,
          sql: "SELECT lower(hex(fingerprint)) FROM finding_life c JOIN finding_kind k ON k.id = c.kind WHERE k.code = 'W0014'")
      })
    let until = try day("2026-12-31")
    let order = WaiverOrder(
      target: fingerprint, dataset: nil, until: until, reason: "moves next week", today: try day("2026-01-05"))
    let head = BatchHead(
      operatorName: "test", sender: nil, area: nil, toolVersion: "0", schemaDigest: "", deliveryDigest: "", asOf: "2026-01-05")
    _ = try order.carryOut(try SchemaPack.shipped(), try Warehouse(path: roster.warehouse, mode: .write), head)
    var options = DeliveryOptions(verb: .check, paths: [], today: try day("2026-01-06"))
    (options.warehouse, options.checksStored) = (roster.warehouse, true)
    let waived = try StoredCheck(options).run().waived.map { "\($0.key.code) \($0.value)" }
    #expect(waived == ["W0014 1"])
  }

  @Test func `recording makes no warehouse`() throws {
    #expect(throws: WarehouseError.self) { try record(on: "2026-01-01") }
    #expect(!FileManager.default.fileExists(atPath: roster.warehouse))
  }

  @Test func `what belongs to a record may change what is found of it`() throws {
    let people = Self.header + Self.person("320699197001010018", "1", "13800138001")
    let household = "户号,户主姓名,户主公民身份号码,户内人数,所属网格\n1,示例甲,320699197001010018,2,\(Self.grid)\n"
    _ = try load(people, on: "2026-01-01")
    _ = try load(household, on: "2026-01-01")
    try record(on: "2026-01-01")
    try expect(["G3203 01 first"])
    _ = try load(
      Self.header + "320699197001010034,示例丙,男,1,儿子,13800138001,\(Self.grid)\n", on: "2026-01-02")
    #expect(try record(on: "2026-01-02").ending[.data] == 1)
    try expect(["G3203 01 first 01 data"])
  }
}
