import ElementCore
import ElementPipeline
import ElementReports
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Testing

/// The report on a day: its figures, what it says first, and the page that people read.
struct ReportTests {
  private let roster: Roster
  private static let grid = "01000032069900100101"
  private static let grids = "网格编码,网格名称,村（社区）名称\n\(grid),第一网格,东街社区\n01000032069900100102,第二网格,东街社区\n"
  private static let header = "公民身份号码,姓名,性别,户号,与户主关系,联系方式,网格编码\n"
  private static let people = [
    "320699197001010018,示例甲,男,1,户主,12345,\(grid)", "320699197001010034,示例丙,男,2,户主,13800138001,\(grid)",
    "320699197001010050,示例戊,男,3,户主,,01000032069900100102", "320699197001010019,示例错,男,4,户主,13800138002,\(grid)",
  ]

  init() throws { roster = try Roster() }

  private func day(_ text: String) throws -> CalendarDate {
    let parsed = CalendarDate(iso: Array(text.utf8).span)
    return try #require(parsed)
  }

  private func load(_ text: String, on day: String, _ change: (inout DeliveryOptions) -> Void = { _ in }) throws {
    let today = try self.day(day)
    let file = try roster.file("r\(abs(text.hashValue)).csv", text)
    _ = try roster.run(.load, [file]) {
      ($0.area, $0.again, $0.today, $0.sender) = ("320699001001", true, today, "东街社区")
      change(&$0)
    }
  }

  private func record(on day: String, _ configuration: SiteConfiguration = SiteConfiguration()) throws {
    var options = DeliveryOptions(verb: .check, paths: [], today: try self.day(day))
    (options.warehouse, options.operatorName, options.toolVersion) = (roster.warehouse, "test", "1.0")
    (options.keepsAllFindings, options.checksStored, options.recordsDay, options.configuration) = (
      true, true, true, configuration
    )
    _ = try StoredCheck(options).run()
  }

  private func report(upTo day: String? = nil, _ configuration: SiteConfiguration = SiteConfiguration()) throws -> QualityReport
  {
    var run = try ReportRun(schemas: nil, overlays: [], configuration)
    run.day = try day.map(self.day)
    return try run.report(on: try Warehouse(path: roster.warehouse, mode: .read))
  }

  /// Two days: a wrong telephone is corrected, one is missing, and a row waits because of its number.
  private func twoDays() throws {
    try load(Self.grids, on: "2026-01-01")
    try load(Self.header + Self.people.joined(separator: "\n") + "\n", on: "2026-01-01")
    try record(on: "2026-01-01")
    try load(Self.header + Self.people[0].replacing("12345", with: "13800138005") + "\n", on: "2026-01-02")
    try record(on: "2026-01-02")
  }

  @Test func `figures are those that another program counts`() throws {
    try twoDays()
    let report = try self.report()
    func share(_ code: String, _ dataset: String = "", _ grid: String = "") -> [Int]? {
      report.reading.shares[QualityReading.Place(code, dataset: dataset, grid: grid)].map { [$0.numerator, $0.denominator] }
    }
    let residents = "registeredResident"
    // Three rows are stored and one waits, whose number is wrong.
    #expect(share("0602", residents) == [3, 4])
    #expect(share("0602", residents, Self.grid) == nil)
    #expect(share("0602", "", Self.grid) == [2 + 1, 2 + 1])
    #expect(share("0102", residents) == [4, 4])
    // What is filled, by SQL alone.
    let pack = try SchemaPack.shipped()
    let dataset = try #require(pack.dataset(residents))
    let (values, filled) = try DatabaseQueue(path: roster.warehouse).read { db in
      func count(_ fields: [Field]) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT \(fields.map { "count(\"\($0.name)\")" }.joined(separator: " + ")) FROM \(residents)")
          ?? 0
      }
      return (try count(dataset.fields), try count(dataset.fields.filter { $0.duty != .optional }))
    }
    let missing = report.sums.kinds.filter { $0.kind.dataset == residents && $0.kind.code == RuleCode("V1003") }
    #expect(share("0201", residents) == [filled, filled + missing.reduce(0) { $0 + $1.open }])
    #expect(share("0302", residents) == [values, values + 1])
    #expect(share("0303", residents) == [5, 5])
    #expect(share("0601") == [2, 2])
    #expect(share("0301") == nil && report.score.indicators["0301"] == nil)
    // Parts count as one, a dimension is the mean of its indicators, the total that of the dimensions.
    let parts = ["010101", "010102", "010103"].compactMap { report.score.indicators[$0] }
    #expect(report.score.indicators["0101"] == parts.reduce(0, +) / 3)
    let dimensions = QualityDimension.allCases.compactMap { report.score.dimensions[$0] }
    #expect(dimensions.count == 6)
    #expect(abs((report.score.total ?? 0) - dimensions.reduce(0, +) / 6) < 1e-12)
  }

  @Test func `sums hold, and what is new and mended is told with its cause`() throws {
    try twoDays()
    let report = try self.report()
    #expect(report.open == report.new + report.persisting)
    #expect(report.fixed == 1 && report.sums.kinds.first { !$0.fixed.isEmpty }?.kind.code == RuleCode("V1311"))
    #expect(report.sums.changes.map(\.day.text) == ["2026-01-01", "2026-01-02"])
    #expect(report.sums.changes[1].fixed == [.data: 1] && report.sums.changes[0].new.isEmpty)
    #expect(report.reading.waiting.map(\.ages) == [[1]] && report.reading.waiting[0].sender == "东街社区")
    #expect(report.reading.deliveries.map(\.counts.read) == [1])
    let first = try self.report(upTo: "2026-01-01")
    #expect(first.reading.before == nil && first.new == 0 && first.open == first.persisting)
  }

  @Test func `a report on a day is the same whatever is recorded later, and says when it is behind`() throws {
    try twoDays()
    let before = HTMLReport(try report(), .zh).html(stamp: "-")
    #expect(HTMLReport(try report(), .zh).html(stamp: "-") == before)
    #expect(try !report().reading.isOutdated)
    try load(Self.header + Self.people[1].replacing("13800138001", with: "12345") + "\n", on: "2026-01-03")
    #expect(try report().reading.isOutdated)
    try record(on: "2026-01-03")
    let later = try report(upTo: "2026-01-02")
    #expect(!later.reading.isOutdated)
    #expect(later.open == later.new + later.persisting && later.fixed == 1)
  }

  @Test func `no day, and a chain that was changed, are told`() throws {
    try load(Self.grids, on: "2026-01-01")
    let error = #expect(throws: NoQualityDay.self) { try self.report() }
    #expect(Trouble(try #require(error))?.exitCode == 2)
    try record(on: "2026-01-01")
    try DatabaseQueue(path: roster.warehouse).write { db in
      try db.execute(sql: "DROP TRIGGER audit_update; UPDATE audit SET operator = 'x' WHERE seq = 1")
    }
    let report = try self.report()
    #expect(report.grade == .untrusted && !report.damage.isEmpty)
    #expect(HTMLReport(report, .zh).html(stamp: "").contains("class=\"alarm\""))
    #expect(!TextReport(report, .zh).text.contains("总分"))
  }

  @Test func `what a site demands anew is a change of rules, not of time`() throws {
    try twoDays()
    try record(
      on: "2026-01-03",
      try SiteConfiguration(path: try roster.file("yaosu.yaml", "required: {registeredResident: [contact]}\n")))
    let causes = try report().sums.kinds.reduce(into: [LifeCause: Int]()) { $0.merge($1.new, uniquingKeysWith: +) }
    #expect(causes[.rules] ?? 0 > 0 && causes[.time] == nil && causes[.data] == nil)
  }

  @Test func `lives that are not as many as the chain says are told`() throws {
    try twoDays()
    for sql in [
      "DELETE FROM finding_life WHERE first = 1 AND last IS NULL",
      "UPDATE finding_life SET first = 2, cause = 1 WHERE first = 1 AND last IS NULL",
    ] {
      let path = roster.scratch.path + "/changed.db"
      try? FileManager.default.removeItem(atPath: path)
      try FileManager.default.copyItem(atPath: roster.warehouse, toPath: path)
      try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
      let changed = try Warehouse(path: path, mode: .read)
      #expect(try changed.verify().differences.contains { $0.subject == "finding_life" }, "\(sql)")
      #expect(try ReportRun(schemas: nil, overlays: [], SiteConfiguration()).report(on: changed).grade == .untrusted)
    }
    #expect(try report().damage.isEmpty)
  }

  @Test func `targets and weights are a site's, and an unknown one is refused with its line`() throws {
    try twoDays()
    let path = try roster.file(
      "yaosu.yaml", "office: 示例街道\nquality:\n  targets: {completeness: 100}\n  weights: {accuracy: 3}\n")
    let report = try self.report(try SiteConfiguration(path: path))
    #expect(report.goals.target(.completeness) == 100 && report.missed.contains(.completeness))
    #expect(report.office == "示例街道")
    for (text, line) in [
      ("quality:\n  targets: {speed: 1}\n", 2), ("quality:\n  weights:\n    accuracy: -1\n", 3),
      ("quality: {marks: [1]}\n", 1), ("quality:\n  grades: [60, 90]\n", 2), ("quality: {indicators: iso8000}\n", 1),
      ("quality:\n  drift: {mix: 0}\n", 2),
      ("quality:\n  targets: {accuracy: 101}\n", 2),
    ] {
      let error = #expect(throws: SchemaError.self) { try SiteConfiguration(path: try roster.file("bad.yaml", text)) }
      #expect(error?.line == line)
    }
  }

  @Test(arguments: Language.allCases) func `a page needs nothing from elsewhere, and holds no personal value`(
    _ language: Language
  ) throws {
    try twoDays()
    let page = HTMLReport(try report(), language).html(stamp: "now")
    for word in ["<script", "http:", "https:", "<img", "<link", "url(//", "@import"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.contains("default-src 'none'"))
    for word in Self.people.flatMap({ $0.split(separator: ",") }) where word.utf8.count > 8 && !word.hasPrefix("0100") {
      #expect(!page.contains(word), "\(word)")
    }
    // Identifiers are there once, links have their targets, headings leave no level out, tags balance.
    func all(_ pattern: Regex<(Substring, Substring)>) -> [String] { page.matches(of: pattern).map { String($0.1) } }
    let names = all(/\sid="([^"]+)"/)
    #expect(Set(names).count == names.count)
    #expect(Set(all(/href="#([^"]+)"/)).isSubset(of: Set(names)))
    let levels = all(/<h([1-6])/).compactMap(Int.init)
    #expect(levels.first == 1 && levels.count { $0 == 1 } == 1 && zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    for tag in ["div", "section", "table", "tr", "td", "th", "svg", "figure", "details", "ol", "ul", "li", "span", "p"] {
      let (opened, closed) = (page.matches(of: try Regex("<\(tag)[ >]")).count, page.matches(of: try Regex("</\(tag)>")).count)
      #expect(opened == closed, "\(tag)")
    }
    #expect(page.utf8.count < 2 << 20)
  }

  @Test func `a text for a chat group is short, whatever there is to say`() throws {
    try twoDays()
    for language in Language.allCases { #expect(TextReport(try report(), language).text.count < TextReport.limit) }
  }
}
