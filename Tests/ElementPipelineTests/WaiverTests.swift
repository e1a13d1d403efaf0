import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// Findings that are accepted for a time count, and no row waits for them.
struct WaiverTests {
  private let roster: Roster
  private static let header = "公民身份号码,姓名,性别,户号,与户主关系,网格编码\n"
  private static let area = "320699001001"
  /// A number whose check character is wrong, one that contradicts the sex, three householders of one household.
  private static let rows = [
    "320699197001010018,示例甲,1,1,户主,01000032069900100101", "320699197001010026,示例乙,1,2,户主,01000032069900100101",
    "320699197001010035,示例丙,1,3,户主,01000032069900100101", "320699197001010042,示例丁,2,3,户主,01000032069900100101",
    "320699197001010050,示例戊,1,3,户主,01000032069900100101",
  ]

  init() throws { roster = try Roster() }

  private func load(_ rows: [String] = rows, _ change: (inout DeliveryOptions) -> Void = { _ in }) throws -> RunResult {
    try roster.load([Self.header + rows.joined(separator: "\n") + "\n"]) {
      ($0.dataset, $0.area, $0.again) = ("registeredResident", Self.area, true)
      change(&$0)
    }
  }

  /// The fingerprint of a finding about a row, as a list shows it.
  private func fingerprint(_ code: String, row: Int, _ result: RunResult) throws -> String {
    let found = result.inputs[0].findings.findings.first { $0.code.description == code && $0.row == row }
    return try #require(found?.fingerprint?.text)
  }

  @discardableResult private func waive(
    _ target: String, until: String? = "2026-12-31", dataset: String? = nil
  ) throws -> StoredWaiver {
    let day = until.flatMap { CalendarDate(iso: Array($0.utf8).span) }
    let order = WaiverOrder(target: target, dataset: dataset, until: day, reason: "seen", today: roster.today)
    let head = BatchHead(
      operatorName: "test", sender: nil, area: nil, toolVersion: "0", schemaDigest: "", deliveryDigest: "", asOf: "")
    return try order.carryOut(try SchemaPack.shipped(), try Warehouse(path: roster.warehouse, mode: .write), head).waiver
  }

  /// How many findings of each code are waived.
  private func waived(_ result: RunResult) -> [String: Int] {
    Dictionary(result.waived.map { ($0.key.code.description, $0.value) }, uniquingKeysWith: +)
  }

  @Test func `a rule that is waived makes no row wait and no run fail, and is counted`() throws {
    #expect(try load(Array(Self.rows[0..<2])).counts.quarantined == 1)
    try waive("R2101")
    let result = try load(Array(Self.rows[0..<2]))
    #expect((result.counts.created, result.counts.unchanged, result.counts.quarantined) == (1, 1, 0))
    #expect(roster.errors(result) == ["2 R2101"])
    #expect(waived(result) == ["R2101": 1])
    #expect(!FindingFilter().fails(result.findings, waived: result.waived))
    #expect(FindingFilter().fails(result.findings, waived: [:]))
  }

  @Test func `one finding is waived by its fingerprint, whatever the order of rows and the other values`() throws {
    let first = try load()
    #expect(roster.errors(first) == ["2 R2101", "3 G2003", "3 V1103", "4 G2003", "5 G2003"])
    let other = "320699197001010093,示例己,1,9,户主,01000032069900100101"
    try waive(try fingerprint("V1103", row: 3, first))
    let moved = Self.rows[2].replacing(",3,户主", with: ",7,户主")
    let result = try load([other, moved])
    #expect(roster.errors(result) == ["2 V1103"])
    #expect(waived(result) == ["V1103": 1])
    #expect((result.counts.created, result.counts.quarantined) == (2, 0))
    // The row that waited without a sound key waits no more when it comes as it was.
    #expect(try load([other, Self.rows[2]]).endedWaits?.resolved == 1)
  }

  @Test func `a group is waived as a whole`() throws {
    let first = try load(Array(Self.rows[3...]))
    #expect(roster.errors(first) == ["1 G2003", "2 G2003"])
    let group = try fingerprint("G2003", row: 1, first)
    #expect(try fingerprint("G2003", row: 2, first) == group)
    try waive(group)
    let result = try load(Array(Self.rows[3...].reversed()))
    #expect((result.counts.created, result.counts.quarantined) == (2, 0))
    #expect(waived(result) == ["G2003": 2])
  }

  @Test func `a row that waits for something else too waits`() throws {
    let first = try load()
    try waive(try fingerprint("V1103", row: 3, first))
    let result = try load()
    #expect((result.counts.created, result.counts.quarantined) == (0, 4))
    #expect(waived(result) == ["V1103": 1])
  }

  @Test func `a value that is waived is as sound as any other`() throws {
    _ = try load(["320699197001010018,示例甲,9X,1,户主,01000032069900100101"])
    try waive("V1301", dataset: "registeredResident")
    let result = try load(["320699197001010018,示例甲,9X,1,户主,01000032069900100101"])
    #expect(result.counts.created == 1)
    let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
    #expect(try warehouse.verify().differences.isEmpty)
  }

  @Test func `a waiver that has ended is told, and the rows wait again`() throws {
    _ = try load(Array(Self.rows[0..<2]))
    try waive("R2101", until: "2026-01-31")
    #expect(try load(Array(Self.rows[0..<2])).counts.quarantined == 0)
    let later = try #require(CalendarDate(year: 2026, month: 2, day: 1))
    let result = try load(Array(Self.rows[0..<2])) { $0.today = later }
    #expect(result.counts.quarantined == 1)
    #expect(roster.codes(result, .warning).contains("W0019"))
    #expect(result.waived.isEmpty)
  }

  @Test func `the same delivery is not skipped where its batch had waived findings`() throws {
    _ = try load(Array(Self.rows[0..<2]))
    try waive("R2101", until: "2026-01-31")
    #expect(try load(Array(Self.rows[0..<2])) { $0.again = false }.outcome == .loaded)
    let later = try #require(CalendarDate(year: 2026, month: 3, day: 1))
    let result = try load(Array(Self.rows[0..<2])) { ($0.again, $0.today) = (false, later) }
    #expect(result.outcome == .loaded)
    #expect(result.counts.quarantined == 1)
  }

  @Test func `a waiver that is taken back holds no more`() throws {
    _ = try load(Array(Self.rows[0..<2]))
    try waive("R2101")
    try waive("R2101", until: nil)
    #expect(try load(Array(Self.rows[0..<2])).counts.quarantined == 1)
    #expect(throws: WaiverRefusal.notWaived("R2101")) { try waive("R2101", until: nil) }
  }

  @Test func `a finding stays waived when the record gets its number`() throws {
    let header = "公民身份号码,姓名,出生日期,户号,性别,与户主关系\n"
    func load(_ row: String) throws -> RunResult {
      try roster.load([header + row]) { ($0.dataset, $0.area, $0.again) = ("registeredResident", Self.area, true) }
    }
    let first = try load(",示例娃,2015-03-07,A1,7Z,户主\n")
    #expect(roster.errors(first) == ["1 V1301"])
    try waive(try fingerprint("V1301", row: 1, first))
    #expect(try load(",示例娃,2015-03-07,A1,7Z,户主\n").counts.created == 1)
    // The number comes with a sex that is sound, and joins the two.
    #expect(try load("32069920150307001X,示例娃,2015-03-07,A1,1,户主\n").counts.updated == 1)
    let again = try load("32069920150307001X,示例娃,2015-03-07,A1,7Z,户主\n")
    #expect(waived(again) == ["V1301": 1])
    #expect(again.counts.quarantined == 0)
  }

  @Test func `a batch is proved by its files with the waivers that held`() throws {
    _ = try load(Array(Self.rows[0..<2]))
    try waive("R2101")
    let rows = Array(Self.rows[0..<2])
    _ = try load(rows)
    try waive("R2101", until: nil)
    let file = try roster.file("again.csv", Self.header + rows.joined(separator: "\n") + "\n")
    var options = DeliveryOptions(verb: .load, paths: [file], today: roster.today)
    options.operatorName = "test"
    for (batch, waiting) in [(1, 1), (2, 0)] {
      let warehouse = try Warehouse(path: roster.warehouse, mode: .read)
      let report = try #require(try SourceProof(batch, warehouse, options)).run()
      #expect(report.differences.isEmpty && report.unproved.isEmpty)
      #expect(report.counts.quarantined == waiting)
    }
  }

  @Test(arguments: [
    ("V1103", WaiverRefusal.single(RuleCode("V1103"))), ("V1001", .never(RuleCode("V1001"))),
    ("G2005", .never(RuleCode("G2005"))), ("W0013", .never(RuleCode("W0013"))), ("R9999", .unknownRule(RuleCode("R9999"))),
    ("nothing", .noTarget("nothing")),
    (String(repeating: "0", count: 32), .unknownFinding(String(repeating: "0", count: 32))),
  ]) func `what cannot be waived is refused, and nothing is kept`(_ target: String, _ refusal: WaiverRefusal) throws {
    _ = try load()
    #expect(throws: refusal) { try waive(target) }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).waivers().isEmpty)
  }

  @Test func `a last day that is past is refused`() throws {
    _ = try load()
    let day = try #require(CalendarDate(year: 2025, month: 12, day: 31))
    #expect(throws: WaiverRefusal.past(day)) { try waive("R2101", until: "2025-12-31") }
  }

  @Test(arguments: [
    ("waivers:\n  - {finding: R2101, reason: seen}\n", "until"),
    ("waivers:\n  - {finding: R2101, until: soon, reason: seen}\n", "until"),
    ("waivers:\n  - {finding: V1103, until: 2026-12-31, reason: seen}\n", "V1103"),
    ("waivers:\n  - {finding: who, until: 2026-12-31, reason: seen}\n", "finding"),
    ("waivers:\n  - {finding: R2101, until: 2026-12-31, reason: ' '}\n", "reason"),
    ("waivers:\n  - {finding: R2101, until: 2026-12-31}\n", "reason"),
    ("waved: []\n", "waved"),
  ]) func `a file of waivers that says too little is refused at its line`(_ text: String, _ word: String) throws {
    _ = try roster.file("waivers.yaml", text)
    let path = try roster.file("yaosu.yaml", "ownerDays: 1\n")
    let error = #expect(throws: SchemaError.self) { try SiteConfiguration.find(named: path) }
    #expect(error?.message.en.contains(word) == true)
    #expect(error?.file.hasSuffix("waivers.yaml") == true)
  }

  @Test func `a file of waivers counts for a check without a warehouse too`() throws {
    _ = try roster.file("waivers.yaml", "waivers:\n  - {finding: R2101, until: 2026-12-31, reason: seen}\n")
    let configuration = try SiteConfiguration.find(named: try roster.file("yaosu.yaml", "ownerDays: 1\n"))
    let file = try roster.file("r.csv", Self.header + Self.rows[1] + "\n")
    let result = try roster.run(.check, [file]) { $0.configuration = configuration }
    #expect(waived(result) == ["R2101": 1])
    #expect(result.counts.created == 1)
    #expect(result.inputs[0].findings.findings.allSatisfy { $0.fingerprint == nil })
  }

  @Test func `fingerprints of two warehouses differ, and those of one are the same in every run`() throws {
    let (first, again) = (try load(), try load())
    #expect(try fingerprint("R2101", row: 2, first) == fingerprint("R2101", row: 2, again))
    let other = try Roster()
    let elsewhere = try other.load([Self.header + Self.rows.joined(separator: "\n") + "\n"]) {
      ($0.dataset, $0.area) = ("registeredResident", Self.area)
    }
    #expect(try fingerprint("R2101", row: 2, first) != fingerprint("R2101", row: 2, elsewhere))
  }

  @Test func `a waiver that was changed behind the program's back is named`() throws {
    _ = try load()
    try waive("R2101", until: "2026-01-31")
    try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: "UPDATE waiver SET until = '2099-01-01'") }
    let report = try Warehouse(path: roster.warehouse, mode: .read).verify()
    #expect(report.differences.map(\.subject).contains { $0.hasPrefix("waiver") })
  }
}
