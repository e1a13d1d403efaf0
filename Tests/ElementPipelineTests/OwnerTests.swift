import ElementCore
import ElementPipeline
import ElementSchema
import ElementTestSupport
import ElementWarehouse
import Testing

/// A record belongs to the office that confirmed it last: another one does not take it over in silence.
struct OwnerTests {
  private let roster: Roster
  private static let header = "公民身份号码,姓名,网格编码,联系电话\n"
  private static let here = "320699197001010018,示例甲,01000032069900100101,13800138001\n"
  private static let there = "320699197001010018,示例甲,01000032068200100101,13800138001\n"
  private static let changed = "320699197001010018,示例甲,,13800138002\n"

  init() throws { roster = try Roster() }

  private func load(
    _ row: String, _ sender: String?, _ area: String?, onDay day: Int = 1, _ change: (inout DeliveryOptions) -> Void = { _ in }
  ) throws -> RunResult {
    let today = try #require(CalendarDate(dayNumber: roster.today.dayNumber + day - 1))
    return try roster.load([Self.header + row]) {
      ($0.dataset, $0.again, $0.sender, $0.area, $0.today) = ("registeredResident", true, sender, area, today)
      change(&$0)
    }
  }

  /// A second delivery after that of `east` in 320699001, and whether it waits for its owner.
  struct Second: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let row: String
    let sender: String?
    let area: String?
    var day = 2
    let waits: Bool
  }

  @Test(arguments: [
    Second(testDescription: "the same office", row: changed, sender: "east", area: "320699001", waits: false),
    Second(testDescription: "an office within it", row: changed, sender: "village", area: "320699001001", waits: false),
    Second(testDescription: "an office over it", row: changed, sender: "county", area: "320699", waits: false),
    Second(testDescription: "another office", row: changed, sender: "west", area: "320699002", waits: true),
    Second(testDescription: "another office that lists it as it is", row: here, sender: "west", area: "320699002", waits: true),
    Second(
      testDescription: "another office half a year later", row: changed, sender: "west", area: "320699002", day: 190,
      waits: false),
    Second(testDescription: "nobody known, who changes a number", row: changed, sender: nil, area: nil, waits: false),
    Second(testDescription: "nobody known, who moves it", row: there, sender: nil, area: nil, waits: true),
    Second(testDescription: "a sender without an area, who moves it", row: there, sender: "west", area: nil, waits: true),
  ]) func `a record waits where two offices claim it`(_ second: Second) throws {
    _ = try load(Self.here, "east", "320699001")
    let result = try load(second.row, second.sender, second.area, onDay: second.day)
    #expect(roster.errors(result) == (second.waits ? ["1 W0013"] : []))
    #expect(result.counts.quarantined == (second.waits ? 1 : 0))
  }

  @Test func `who only confirms a record owns it, and an undo gives it back`() throws {
    _ = try load(Self.here, "east", "320699001")
    _ = try load(Self.here, "west", "320699002", onDay: 300)
    #expect(roster.errors(try load(Self.here, "east", "320699001", onDay: 301)) == ["1 W0013"])
    let order = Warehouse.UndoOrder(batch: 2, keepsLater: true, isDryRun: false, reason: nil)
    _ = try UndoRun(order, pack: try SchemaPack.shipped(), operatorName: "test", toolVersion: "0", today: roster.today).run(
      roster.warehouse)
    #expect(roster.errors(try load(Self.here, "east", "320699001", onDay: 302)) == [])
  }

  @Test func `a site may say that nobody owns a record`() throws {
    _ = try load(Self.here, "east", "320699001")
    let configuration = try SiteConfiguration(path: try roster.file("yaosu.yaml", "ownerDays: 0\n"))
    #expect(roster.errors(try load(Self.changed, "west", "320699002") { $0.configuration = configuration }) == [])
  }

  @Test func `whoever is told to accept takes it over, and then it is his`() throws {
    _ = try load(Self.here, "east", "320699001")
    let accepted = try load(Self.there, "west", "320682001") { $0.acceptsOwners = true }
    #expect(accepted.counts.updated == 1)
    #expect(roster.errors(try load(Self.changed, "east", "320699001")) == ["1 W0013"])
  }
}
