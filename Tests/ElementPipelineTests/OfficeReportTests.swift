import ElementCore
import ElementFormats
import ElementPipeline
import ElementReports
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Foundation
import GRDB
import Synchronization
import Testing

/// Reports on parts of a warehouse, the rows behind them, and what moved since an earlier day.
struct OfficeReportTests {
  private let roster: Roster
  private static let grids = ["01000032069900100101", "01000032069900100201", "01000032069900200101"]
  private static let header = "公民身份号码,姓名,性别,户号,与户主关系,联系方式,网格编码\n"

  init() throws { roster = try Roster() }

  private func day(_ text: String) throws -> CalendarDate {
    let parsed = CalendarDate(iso: Array(text.utf8).span)
    return try #require(parsed)
  }

  private func load(_ name: String, _ text: String, on day: String, sender: String = "东街社区", area: String = "320699001001")
    throws
  {
    let today = try self.day(day)
    _ = try roster.run(.load, [try roster.file(name, text)]) {
      ($0.area, $0.again, $0.today, $0.sender) = (area, true, today, sender)
    }
  }

  private func record(on day: String) throws {
    var options = DeliveryOptions(verb: .check, paths: [], today: try self.day(day))
    (options.warehouse, options.operatorName, options.toolVersion) = (roster.warehouse, "test", "1.0")
    (options.keepsAllFindings, options.checksStored, options.recordsDay) = (true, true, true)
    _ = try StoredCheck(options).run()
  }

  private var warehouse: Warehouse { get throws { try Warehouse(path: roster.warehouse, mode: .read) } }

  /// Three grids in two streets, three persons, one of whom has a wrong telephone and one of whom waits.
  private func twoStreets() throws {
    try load(
      "g.csv",
      "网格编码,网格名称,街道名称,村（社区）名称\n"
        + Self.grids.enumerated().map { "\($1),第\($0)网格,\($0 < 2 ? "青石" : "红土")街道,\($0)社区\n" }
        .joined(), on: "2026-01-01")
    let people = [
      "320699197001010018,示例甲,男,1,户主,12345,\(Self.grids[0])\n", "320699197001010034,示例丙,男,2,户主,13800138001,\(Self.grids[1])\n",
      "320699197001010050,示例戊,男,3,户主,12345,\(Self.grids[2])\n",
    ]
    try load("p.csv", Self.header + people[0...1].joined(), on: "2026-01-01")
    try load("o.csv", Self.header + people[2], on: "2026-01-01", area: "320699002001")
    try load(
      "q.csv", Self.header + "320699197001010019,示例错,男,4,户主,13800138002,\(Self.grids[2])\n", on: "2026-01-01", sender: "红土街道",
      area: "320699002001")
    try record(on: "2026-01-01")
  }

  @Test func `offices share out all that has a grid, and see nothing of each other`() throws {
    try twoStreets()
    let run = try ReportRun(schemas: nil, overlays: [], SiteConfiguration())
    let whole = try run.report(on: try warehouse)
    for level in OfficeLevel.allCases {
      let reports = try run.reports(on: try warehouse, .every([level]))
      let parts = reports.offices.dropFirst().map(reports.report)
      #expect(parts.count == (level == .street ? 2 : 3))
      let placed = whole.reading.shares.filter { !$0.key.grid.isEmpty && $0.key.grid != QualityReading.noGrid }
      for code in Set(placed.keys.map(\.indicator)) {
        let sum = placed.filter { $0.key.indicator == code }.values.reduce(0) { $0 + $1.denominator }
        #expect(parts.compactMap { $0.reading.shares[QualityReading.Place(code)]?.denominator }.reduce(0, +) == sum)
      }
      // The wrong telephones are told to their own offices only.
      let phones = parts.map { part in
        part.sums.kinds.filter { $0.kind.code == RuleCode("V1308") || $0.kind.code == RuleCode("V1311") }.reduce(0) {
          $0 + $1.open
        }
      }
      #expect(phones == (level == .street ? [1, 1] : [1, 0, 1]))
      #expect(parts.allSatisfy { $0.reading.deliveries.isEmpty })
      // A row that waits is of the area that its sender answers for: which grid it lies in nobody knows.
      #expect(
        parts.map { $0.reading.waiting.count } == (level == .street ? [0, 1] : level == .community ? [0, 0, 1] : [0, 0, 0]))
      for part in parts {
        let page = HTMLReport(part, .zh).html(stamp: "")
        let others = Set(["青石", "红土"]).filter { !part.reading.grids.values.map(\.street).contains($0 + "街道") }
        #expect(others.count == 1 && others.allSatisfy { !page.contains($0) })
      }
    }
    let one = try run.reports(on: try warehouse, .one(.area("320699001")))
    #expect(ReportWordsTitle(one.report(one.offices[0])).hasPrefix("青石街道"))
    let error = #expect(throws: NoSuchOffice.self) { try run.reports(on: try self.warehouse, .one(.area("330106001"))) }
    #expect(Trouble(try #require(error))?.exitCode == 2)
  }

  /// The title that a report's text begins with.
  private func ReportWordsTitle(_ report: QualityReport) -> String {
    TextReport(report, .zh).text.split(separator: "\n").first.map(String.init) ?? ""
  }

  @Test func `the rows behind a report are as many as its figures, and masked`() throws {
    try twoStreets()
    let run = try ReportRun(schemas: nil, overlays: [], SiteConfiguration())
    for office in [ReportOffice.all, .area("320699001")] {
      let report =
        office == .all ? try run.report(on: try warehouse) : try run.reports(on: try warehouse, .one(office)).report(office)
      let files = Mutex<[String: [UInt8]]>([:])
      let count = try run.drill(
        report, try warehouse, into: DrillList(.zh) { name, bytes in files.withLock { $0[name, default: []] += bytes } })
      let lists = files.withLock { $0 }
      #expect(lists.count == count && count > 3)
      for kind in report.sums.kinds where kind.open > 0 {
        let name = [kind.kind.code.description, kind.kind.dataset, kind.kind.field].filter { !$0.isEmpty }.joined(
          separator: "-")
        let lines = String(decoding: try #require(lists[name + ".csv"]), as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == 1 + kind.open + kind.fixed.values.reduce(0, +), "\(name)")
      }
      for (name, bytes) in lists {
        let text = String(decoding: bytes, as: UTF8.self)
        for number in ["320699197001010018", "320699197001010034", "320699197001010050", "320699197001010019", "12345,"] {
          #expect(!text.contains(number), "\(name)")
        }
      }
    }
  }

  @Test func `what should be known is held against what is, grid by grid, and what was verified against what was right`() throws
  {
    try twoStreets()
    // The newest number counts; what a grid has more than it should makes up for nothing that another lacks.
    let baseline = [
      "\(Self.grids[0]),registeredResident,9,示例,2025-06-01", "\(Self.grids[0]),registeredResident,4,示例,2025-12-01",
      "\(Self.grids[1]),registeredResident,1,示例,2025-12-01", "\(Self.grids[0]),house,2,示例,2025-12-01",
    ]
    try load("b.csv", "网格编码,采集对象,应采数量,底数来源,统计日期\n" + baseline.joined(separator: "\n") + "\n", on: "2026-01-02")
    let checked = (1...3).map {
      "C\($0),registeredResident,K\($0),1,2026-02-01,2026-01-01 10:00:00,\($0 == 3 ? "有误" : "属实"),\(Self.grids[0])"
    }
    try load(
      "v.csv", "核查编号,核查数据集,核查记录编号,核查来源,核查期限,核查时间,核查结果,所属网格\n" + checked.joined(separator: "\n") + "\n",
      on: "2026-01-02")
    try record(on: "2026-01-02")
    let run = try ReportRun(schemas: nil, overlays: [], SiteConfiguration())
    let report = try run.report(on: try warehouse)
    func share(_ code: String, _ dataset: String, _ grid: String = "") -> [Int]? {
      report.reading.shares[QualityReading.Place(code, dataset: dataset, grid: grid)].map { [$0.numerator, $0.denominator] }
    }
    // One resident is stored in each of the first two grids; no house is.
    #expect(
      share(QualityReading.collection, "registeredResident") == [2, 5] && share(QualityReading.collection, "house") == [0, 2])
    #expect(share(QualityReading.collection, "", Self.grids[1]) == [1, 1])
    #expect(share("0301", "registeredResident") == [2, 3])
    let page = HTMLReport(report, .zh).html(stamp: "")
    #expect(page.contains("采集率和采集准确率") && page.contains("▼ 40.0") && page.contains("▼ 66.7"))
    #expect(page.contains("谁能改"))
    // What is no indicator counts in no score.
    #expect(report.score.indicators[QualityReading.collection] == nil)
  }

  @Test func `a report for others says nothing of sensitive groups, in no list and in no sum`() throws {
    try twoStreets()
    let run = try ReportRun(schemas: nil, overlays: [], SiteConfiguration())
    let before = try run.report(on: try warehouse)
    let today = try day("2026-01-01")
    _ = try roster.run(
      .load,
      [
        try roster.file(
          "care.csv", "特殊家庭户号,关怀开始日期,联系人姓名,联系人电话,所属网格\nA2,2025-02-06,示例联系,12345,\(Self.grids[0])\nA3,,示例联系,,\(Self.grids[0])\n")
      ]
    ) { ($0.area, $0.dataset, $0.today, $0.sender) = ("320699001001", "careHousehold", today, "民政办") }
    try record(on: "2026-01-01")
    let own = try run.report(on: try warehouse)
    #expect(own.reading.waiting.contains { $0.dataset == "careHousehold" } && own.open > before.open)
    for audience in [ReportAudience.superior, .outside] {
      var run = run
      run.audience = audience
      let report = try run.report(on: try warehouse)
      // All that is said is what was said before they came.
      #expect(report.open == before.open && report.tasks.map(\.count).count <= before.tasks.count + 1)
      let totals = { (report: QualityReport) in
        report.reading.shares.filter { $0.key.dataset.isEmpty && $0.key.grid.isEmpty && !["0601"].contains($0.key.indicator) }
      }
      #expect(totals(report) == totals(before))
      #expect(report.senders.isEmpty && report.reading.deliveries.isEmpty)
      #expect(report.reading.waiting.allSatisfy { $0.dataset != "careHousehold" })
      #expect(report.leftOut.map(\.name).contains("careHousehold"))
      let texts = [
        HTMLReport(report, .zh).html(stamp: ""), TextReport(report, .zh).text, JSONReport(report, .zh).object.pretty,
      ]
      for text in texts { #expect(!text.contains("民政办") && !text.contains("care.csv")) }
      #expect(texts[0].contains("不含敏感群体"))
    }
  }

  @Test func `a code that is none lies in no office, and is told of the whole`() throws {
    try twoStreets()
    let database = try DatabaseQueue(path: roster.warehouse)
    try database.write { try $0.execute(sql: "UPDATE registeredResident SET gridCode = '../../evil' WHERE _id = 1") }
    try database.close()
    try record(on: "2026-01-02")
    let reports = try ReportRun(schemas: nil, overlays: [], SiteConfiguration()).reports(
      on: try warehouse, .every(OfficeLevel.allCases))
    for office in reports.offices {
      switch office {
      case .all: break
      case .area(let digits): #expect(digits.allSatisfy { $0.isASCII && $0.isNumber })
      case .grid(let code): #expect(Self.grids.contains(code))
      }
    }
    #expect(reports.report(.all).grids.contains { $0.code == "../../evil" })
  }

  @Test func `only folders that were written by a run are replaced`() throws {
    let path = roster.scratch.path + "/out"
    let folder = try PrivateFolder(path, replaces: false)
    try folder.write(Array("a".utf8), to: "x/a.txt")
    #expect(!FileManager.default.fileExists(atPath: path))
    try folder.finish()
    #expect(try String(contentsOfFile: path + "/x/a.txt", encoding: .utf8) == "a")
    #expect(throws: OutputError.self) { try PrivateFolder(path, replaces: false) }
    let again = try PrivateFolder(path, replaces: true)
    try again.write(Array("b".utf8), to: "b.txt")
    try again.finish()
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: path)) == [".yaosu", "b.txt"])
    let other = roster.scratch.path + "/docs"
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    try "thesis".write(toFile: other + "/thesis.txt", atomically: true, encoding: .utf8)
    #expect(throws: OutputError.self) { try PrivateFolder(other, replaces: true) }
    #expect(FileManager.default.fileExists(atPath: other + "/thesis.txt"))
  }

  /// A hundred and twenty persons of whom so many are men, with so many that say their nation.
  private func people(men: Int, nations: Int) -> String {
    let rows = (0..<120).map { place in
      let body = "32069919700101" + String(100 + place * 2 + (place < men ? 1 : 0))
      let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
      let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
      let check = Array("10X98765432")[sum % 11]
      return "\(body)\(check),示例\(place),\(place < men ? "男" : "女"),\(place < nations ? "汉族" : ""),\(Self.grids[0])"
    }
    return "公民身份号码,姓名,性别,民族,网格编码\n" + rows.joined(separator: "\n") + "\n"
  }

  @Test func `what moved is told with its numbers and its limit`() throws {
    try load("a.csv", people(men: 60, nations: 120), on: "2026-01-01")
    try record(on: "2026-01-01")
    try load("b.csv", people(men: 60, nations: 120), on: "2026-01-20")
    try record(on: "2026-01-20")
    let run = try ReportRun(schemas: nil, overlays: [], SiteConfiguration())
    #expect(try run.report(on: try warehouse).drifts.isEmpty)
    try load("c.csv", people(men: 96, nations: 60), on: "2026-02-01")
    try record(on: "2026-02-01")
    let strict = try SiteConfiguration(path: try roster.file("yaosu.yaml", "quality: {drift: {mix: 5}}\n"))
    let report = try ReportRun(schemas: nil, overlays: [], strict).report(on: try warehouse)
    #expect(report.reading.counts.baseline?.text == "2026-01-01")
    let own = report.drifts.filter { $0.grid.isEmpty && $0.dataset == "registeredResident" }
    let rows = try #require(own.first { $0.kind == .rows })
    // Of the other numbers 36 are new: those of women who came to be men.
    #expect(rows.before.numerator == 120 && rows.now.numerator == 156 && abs(rows.amount - 30) < 1e-9 && rows.limit == 10)
    let mix = try #require(own.first { $0.kind == .mix && $0.field == "sexCode" })
    // (96/156 - 1/2) ln(192/156) + (60/156 - 1/2) ln(120/156), by another program.
    #expect(mix.limit == 0.05 && abs(mix.amount - 0.054231) < 1e-6)
    let filled = try #require(own.first { $0.kind == .filled && $0.field == "ethnicityCode" })
    #expect(filled.now.numerator == 120 && filled.now.denominator == 156 && abs(filled.amount + 100 * 36 / 156.0) < 1e-9)
    #expect(own.first { $0.field == "ethnicityCode" && $0.kind == .newCode } == nil)
    #expect(report.drifts.contains { $0.grid == Self.grids[0] && $0.kind == .rows })
    let page = HTMLReport(report, .en).html(stamp: "")
    #expect(page.contains("120") && page.contains("+30.0 %"))
  }
}
