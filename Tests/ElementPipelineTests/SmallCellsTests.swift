import ElementCore
import ElementFormats
import Foundation
import ElementWarehouse
import Testing

@testable import ElementPipeline
@testable import ElementReports

/// Small numbers of sensitive groups in what leaves the office.
struct SmallCellsTests {
  @Test(arguments: [ReportAudience.superior, .outside]) func `what is hidden does not follow from the sum`(
    _ audience: ReportAudience
  ) {
    let cells = SmallCells(audience)
    #expect(cells.shown([(3, true), (40, false), (9, true), (0, true)]) == [.small, .count(40), .hidden, .count(0)])
    #expect(cells.shown([(3, true), (2, true), (40, false)]) == [.small, .small, .count(40)])
    #expect(cells.shown([(5, true), (4, false)]) == [.count(5), .count(4)])
    // For all columns of up to three numbers: nobody who knows the sum and what is shown can tell a number that is hidden.
    for first in 0...7 {
      for second in 0...7 {
        for third in 0...7 {
          let column = [(first, true), (second, true), (third, false)]
          let shown = cells.shown(column.map { (count: $0.0, isSensitive: $0.1) })
          let unseen = zip(column, shown).filter { if case .count = $1 { false } else { true } }
          #expect(unseen.count != 1 || column.count { $0.0 > 0 } == 1, "\(column)")
          for (entry, shown) in zip(column, shown) where entry.1 && (1..<5).contains(entry.0) { #expect(shown == .small) }
        }
      }
    }
  }

  @Test func `the office that acts sees its own numbers`() {
    #expect(SmallCells(.own).shown([(3, true), (1, true)]) == [.count(3), .count(1)])
  }

  @Test func `a report for others has no small number of families that are looked after`() throws {
    let roster = try Roster()
    let text = "特殊家庭户号,关怀开始日期,联系人姓名,联系人电话,所属网格\nA2,2025-02-06,示例联系,12345,01000032069900100101\n"
    _ = try roster.run(.load, [try roster.file("care.csv", text)]) { ($0.area, $0.dataset) = ("320699001001", "careHousehold") }
    var options = DeliveryOptions(verb: .check, paths: [], today: roster.today)
    (options.warehouse, options.operatorName, options.toolVersion) = (roster.warehouse, "test", "1.0")
    (options.keepsAllFindings, options.checksStored, options.recordsDay) = (true, true, true)
    _ = try StoredCheck(options).run()
    for audience in ReportAudience.allCases {
      var run = try ReportRun(schemas: nil, overlays: [], SiteConfiguration())
      run.audience = audience
      let report = try run.report(on: try Warehouse(path: roster.warehouse, mode: .read))
      let page = HTMLReport(report, .zh).html(stamp: "")
      #expect(page.contains("特殊家庭") && page.contains("&lt; 5") == (audience != .own))
      let json = JSONReport(report, .zh).object.pretty
      let kinds =
        try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])["kinds"] as? [[String: Any]]
        ?? []
      #expect(kinds.contains { $0["dataset"] as? String == "careHousehold" })
      for kind in kinds where kind["dataset"] as? String == "careHousehold" {
        #expect((kind["open"] is NSNull) == (audience != .own))
      }
    }
  }
}
