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

  @Test func `a warning that the end of a delivery tells is waived as any other`() throws {
    let grid = "01000032069900100101"
    let texts = [
      Self.header + "320699197001010018,示例甲,1,1,户主,\(grid)\n320699197001010034,示例己,1,2,户主,\(grid)\n",
      "户号,户主姓名,户主公民身份号码,户内人数,所属网格\n1,示例甲,320699197001010018,2,\(grid)\n2,示例己,320699197001010034,2,\(grid)\n",
    ]
    func load() throws -> RunResult { try roster.load(texts) { ($0.area, $0.again) = (Self.area, true) } }
    let found = try load().inputs[1].findings.findings.filter { $0.code == RuleCode("G3203") }
    try #require(found.map(\.row) == [1, 2])
    #expect(found[0].fingerprint != found[1].fingerprint)
    try waive(try #require(found[1].fingerprint?.text))
    #expect(waived(try load()) == ["G3203": 1])
  }

  @Test func `a row that waits for something else too waits`() throws {
    let first = try load()
    try waive(try fingerprint("V1103", row: 3, first))
    let result = try load()
    #expect((result.counts.created, result.counts.quarantined) == (0, 4))
    #expect(waived(result) == ["V1103": 1])
  }

  /// A value that is accepted for a time, and what is stored of it; nil where the row waits all the same.
  struct Accepted: Sendable, CustomTestStringConvertible {
    let code: String
    let field: String
    let title: String
    let written: String
    let stored: String?
    var testDescription: String { "\(code) \(written.prefix(30))" }
  }

  @Test(arguments: [
    Accepted(code: "V1301", field: "sexCode", title: "性别", written: "9X", stored: "9X"),
    Accepted(code: "V1301", field: "sexCode", title: "性别", written: " ９Ｘ ", stored: "9X"),
    Accepted(code: "V1301", field: "sexCode", title: "性别", written: String(repeating: "9", count: 33), stored: nil),
    Accepted(code: "V1105", field: "birthday", title: "出生日期", written: "2030/1/5", stored: "2030-01-05"),
    Accepted(code: "V1105", field: "birthday", title: "出生日期", written: "2030-01-05T00:00:00+08:00", stored: "2030-01-05"),
    Accepted(code: "V1308", field: "contact", title: "联系方式", written: "13812", stored: "13812"),
    Accepted(code: "V1308", field: "contact", title: "联系方式", written: "１３８１２", stored: "13812"),
    Accepted(code: "V1308", field: "contact", title: "联系方式", written: String(repeating: "138", count: 90), stored: "13812"),
  ]) func `what is accepted for a time is stored in canonical form where it has one, and rules over it are not evaluated`(
    _ value: Accepted
  ) throws {
    func load() throws -> RunResult {
      try roster.load(["公民身份号码,姓名,\(value.title)\n32069920150307001X,示例甲,\"\(value.written)\"\n"]) {
        ($0.dataset, $0.again) = ("registeredResident", true)
      }
    }
    _ = try load()
    try waive(value.code)
    let result = try load()
    let rows = try Warehouse(path: roster.warehouse, mode: .read).rows(of: "registeredResident", fields: [value.field])
    if let stored = value.stored, value.written.utf8.count < 200 {
      #expect(rows == [[stored]])
      #expect(result.counts.created == 1 && waived(result) == [value.code: 1])
    } else {
      #expect(rows.isEmpty && result.counts.quarantined == 1 && result.waived.isEmpty)
    }
  }

  @Test(
    arguments: [
      ("1.5", nil), ("+12345678", 12_345_678), ("１２３４５６７", 1_234_567), ("99999999999999999999", nil),

    ] as [(String, Int?)]) func `a number that is accepted is stored as a number, or not at all`(
      _ written: String, _ stored: Int?
    )
    throws
  {
    let text = "网格编码,网格名称,网格户数\n01000032069900100101,第一网格,\"\(written)\"\n"
    _ = try roster.load([text]) { ($0.dataset, $0.again) = ("grid", true) }
    try waive("V1306")
    let result = try roster.load([text]) { ($0.dataset, $0.again) = ("grid", true) }
    let found = try DatabaseQueue(path: roster.warehouse).read { db in
      try Int.fetchAll(db, sql: "SELECT householdAmount FROM grid WHERE householdAmount IS NOT NULL")
    }
    #expect(found == (stored.map { [$0] } ?? []))
    #expect(result.counts.quarantined == (stored == nil ? 1 : 0))
  }

  @Test func `a finding stays waived when a number of 15 digits becomes one of 18`() throws {
    let rest = ",示例乙,1,2,户主,01000032069900100101"
    let first = try load(["320699700101002" + rest])
    #expect(roster.errors(first) == ["1 R2101"])
    try waive(try fingerprint("R2101", row: 1, first))
    #expect(try load(["320699700101002" + rest]).counts.created == 1)
    let corrected = try load(["320699197001010026" + rest])
    #expect((corrected.counts.updated, waived(corrected)) == (1, ["R2101": 1]))
    #expect(try fingerprint("R2101", row: 1, corrected) == fingerprint("R2101", row: 1, first))
    #expect(waived(try load(["320699197001010026" + rest])) == ["R2101": 1])
  }

  @Test func `who waits with a new number and is accepted stays so after the two are joined`() throws {
    let header = "公民身份号码,姓名,出生日期,户号,性别,与户主关系\n"
    func load(_ row: String) throws -> RunResult {
      try roster.load([header + row]) { ($0.dataset, $0.area, $0.again) = ("registeredResident", Self.area, true) }
    }
    _ = try load(",示例娃,2015-03-07,A1,1,户主\n")
    let waiting = try load("32069920150307001X,示例娃,2015-03-07,A1,7Z,户主\n")
    #expect(waiting.counts.quarantined == 1)
    try waive(try fingerprint("V1301", row: 1, waiting))
    for _ in 0..<2 { #expect(try load("32069920150307001X,示例娃,2015-03-07,A1,7Z,户主\n").counts.quarantined == 0) }
  }

  @Test func `a waiver that is gone is missed`() throws {
    _ = try load()
    try waive("R2101")
    try DatabaseQueue(path: roster.warehouse).write { try $0.execute(sql: "DELETE FROM waiver") }
    #expect(try Warehouse(path: roster.warehouse, mode: .read).verify().differences.map(\.subject) == ["waiver"])
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
    let later = try #require(CalendarDate(year: 2027, month: 2, day: 1))
    let result = try load(Array(Self.rows[0..<2])) { $0.today = later }
    #expect(result.counts.quarantined == 1)
    #expect(!roster.codes(result).contains("W0019"))
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

  @Test(arguments: [
    ("{finding: V1103, until: 2026-12-31, reason: seen}", "V1103"),
    ("{finding: R9999, until: 2026-12-31, reason: seen}", "R9999"),
    ("{finding: R2101, dataset: \"nosuch,complete\", until: 2026-12-31, reason: seen}", "nosuch,complete"),
    ("{finding: R2101, dataset: registeredresident, until: 2026-12-31, reason: seen}", "registeredresident"),
  ]) func `a file that waives what cannot be is refused at its line by the first run`(_ item: String, _ word: String) throws {
    _ = try roster.file("waivers.yaml", "waivers:\n  - \(item)\n")
    let configuration = try SiteConfiguration.find(named: try roster.file("yaosu.yaml", "ownerDays: 1\n"))
    let file = try roster.file("r.csv", Self.header + Self.rows[1] + "\n")
    let error = #expect(throws: SchemaError.self) { try roster.run(.check, [file]) { $0.configuration = configuration } }
    #expect(error?.line == 2 && error?.message.en.contains(word) == true)
  }

  @Test(arguments: ["", "\n", "\u{FEFF}waivers: []\n"]) func `a file without waivers is none`(_ text: String) throws {
    _ = try roster.file("waivers.yaml", text)
    #expect(try SiteConfiguration.find(named: try roster.file("yaosu.yaml", "ownerDays: 1\n")).waivers.isEmpty)
  }

  @Test func `a reason shows no number of a person`() throws {
    _ = try roster.file(
      "waivers.yaml", "waivers:\n  - {finding: R2101, until: 2026-12-31, reason: \"asked 11010519491231002X, 13812345678\"}\n")
    let configuration = try SiteConfiguration.find(named: try roster.file("yaosu.yaml", "ownerDays: 1\n"))
    #expect(configuration.waivers.map(\.waiver.reason) == ["asked ***X, ***"])
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
