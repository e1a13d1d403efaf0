import ElementCore
import ElementGenerator
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

/// What is stored, checked by today's rules without a file.
struct StoredCheckTests {
  private let roster: Roster
  private static let header = "公民身份号码,姓名,性别,户号,与户主关系,网格编码\n"

  init() throws { roster = try Roster() }

  private func check(
    on day: String = "2026-01-01", _ change: (inout DeliveryOptions) -> Void = { _ in }
  ) throws -> RunResult {
    let parsed = CalendarDate(iso: Array(day.utf8).span)
    let today = try #require(parsed)
    var options = DeliveryOptions(verb: .check, paths: [], today: today)
    (options.warehouse, options.operatorName) = (roster.warehouse, "test")
    (options.keepsAllFindings, options.checksStored) = (true, true)
    change(&options)
    return try StoredCheck(options).run()
  }

  /// The findings about records, each by its code and by what it is known.
  private func known(_ findings: [Finding]) -> Set<String> {
    Set(findings.filter { $0.row > 0 }.map { "\($0.code) \($0.fingerprint?.text ?? "none")" })
  }

  private func list(_ result: RunResult) throws -> [String] {
    var text: [UInt8] = []
    try FindingsList.write(result, .csv, filter: FindingFilter(), language: .zh, isFile: false) { text += $0 }
    return String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }

  @Test(arguments: [("registeredResident", 12_000, 7 as UInt64), ("house", 500, 4), ("grid", 64, 6)])
  func `records have the findings that they had when they went in`(_ name: String, _ rows: Int, _ seed: UInt64) throws {
    _ = try roster.file("waivers.yaml", "waivers:\n  - {finding: G2003, until: 2026-01-31, reason: seen}\n")
    let site = try SiteConfiguration.find(named: try roster.file("yaosu.yaml", "ownerDays: 1\n"))
    let pack = try SchemaPack.shipped()
    var options = DeliveryGenerator.Options(rows: rows, seed: seed)
    options.dirty = 8
    var generator = DeliveryGenerator(try #require(pack.dataset(name)), pack: pack, options: options)
    var bytes: [UInt8] = []
    generator.generate(write: { bytes += $0 }, tell: { _ in })
    let loaded = try roster.run(.load, [try roster.scratch.file("d.csv", bytes)]) { $0.configuration = site }
    let waiting = Set(loaded.allFindings.filter(\.stops).map(\.row))
    let entered = loaded.allFindings.filter { !waiting.contains($0.row) }
    let result = try check()
    // Where the day is recorded, notes about groups are known too: their rows are read again.
    let recorded = try check { $0.recordsDay = true }
    #expect(recorded.findings.counts == result.findings.counts)
    #expect(recorded.allFindings.allSatisfy { $0.row == 0 || $0.fingerprint != nil })
    #expect(result.counts.read == loaded.counts.created && result.counts.balances)
    let (before, now) = (known(entered), known(result.allFindings))
    // What was said of how a value was written is gone with that.
    #expect(now.subtracting(before) == [])
    #expect(name != "registeredResident" || now.contains { $0.hasPrefix("G2003") })
    #expect(
      Set(before.subtracting(now).map { $0.prefix(1) }).isSubset(of: ["N"]), "\(before.subtracting(now).sorted().prefix(5))")
  }

  @Test func `what a day changes is found without a new file`() throws {
    let grids =
      "网格编码,网格名称,村（社区）名称,网格状态,状态日期\n01000032069900100101,第一网格,东街社区,撤销,2026-03-01\n01000032069900100102,第二网格,东街社区,正常,\n"
    let people =
      Self.header + "320699197001010018,示例甲,1,1,户主,01000032069900100101\n320699197001010034,示例丙,1,2,户主,01000032069900100102\n"
    _ = try roster.load([grids, people]) { $0.area = "320699001001" }
    func closed(_ result: RunResult) -> [Int] { result.allFindings.filter { $0.code == RuleCode("W0014") }.map(\.row) }
    #expect(closed(try check(on: "2026-02-28")) == [])
    #expect(closed(try check(on: "2026-03-01")) == [1])
  }

  @Test func `lists say from which row of which file a record came`() throws {
    let rows = ["320699197001010018,示例甲,1,3,户主,", "320699197001010034,示例丙,1,3,户主,"]
    _ = try roster.load([Self.header + rows[0] + "\n"]) { $0.dataset = "registeredResident" }
    _ = try roster.file("waivers.yaml", "waivers:\n  - {finding: G2003, until: 2026-01-31, reason: seen}\n")
    let site = try SiteConfiguration.find(named: try roster.file("yaosu.yaml", "ownerDays: 1\n"))
    let second = try roster.file("second.csv", Self.header + "320699197001010050,示例戊,1,9,户主,\n" + rows[1] + "\n")
    let loaded = try roster.run(.load, [second]) { ($0.dataset, $0.configuration) = ("registeredResident", site) }
    #expect(loaded.counts.created == 2)
    let result = try check()
    let told = try list(result).filter { $0.hasPrefix("G2003") }
    #expect(told.count == 2)
    #expect(told[1].contains("second.csv,,2,,,,") && told[1].contains(".csv:1"))
    #expect(told[0].contains("r0-") && told[0].contains("second.csv:2"))
    #expect((result.counts.unchanged, result.counts.quarantined) == (1, 2))
  }

  @Test func `closed rows are not checked, and what refers to them finds them`() throws {
    let grid = "01000032069900100101"
    let grids = "网格编码,网格名称,村（社区）名称\n\(grid),第一网格,东街社区\n01000032069900100102,第二网格,东街社区\n"
    _ = try roster.load([grids, Self.header + "320699197001010018,示例甲,1,1,户主,\(grid)\n"]) { $0.area = "320699001001" }
    let site = try SiteConfiguration(path: try roster.file("yaosu.yaml", "limits: {all: {maxRemoved: 100%}}\n"))
    let scope = try #require(AreaScope("all"))
    _ = try roster.load(["网格编码,网格名称,村（社区）名称\n01000032069900100102,第二网格,东街社区\n"]) {
      ($0.area, $0.mode, $0.scope, $0.configuration) = ("320699001001", .replace, scope, site)
    }
    let result = try check()
    #expect(result.inputs.map(\.counts.read) == [1, 1])
    #expect(!roster.codes(result).contains("G2001"))
  }

  @Test func `one worker and many say the same`() throws {
    let pack = try SchemaPack.shipped()
    var options = DeliveryGenerator.Options(rows: 6_000, seed: 3)
    options.dirty = 10
    var generator = DeliveryGenerator(try #require(pack.dataset("registeredResident")), pack: pack, options: options)
    var bytes: [UInt8] = []
    generator.generate(write: { bytes += $0 }, tell: { _ in })
    _ = try roster.run(.load, [try roster.scratch.file("d.csv", bytes)])
    let lists = try [1, 2, 8].map { jobs in try list(check(on: "2050-01-01") { $0.jobs = jobs }) }
    #expect(lists[0].count > 100)
    #expect(lists[1] == lists[0] && lists[2] == lists[0])
  }
}
