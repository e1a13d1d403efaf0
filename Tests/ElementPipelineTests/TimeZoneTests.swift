import ElementCore
import Testing

@testable import ElementPipeline

/// Times that say how far their clocks are ahead of UTC come to the office's own clock. The right values are those of Python's `zoneinfo`.
struct TimeZoneTests {
  @Test(arguments: [
    ("Asia/Shanghai", "2026-02-28T23:30:00Z", "2026-03-01 07:30:00"),
    ("Asia/Shanghai", "1988-07-01T12:00:00Z", "1988-07-01 21:00:00"),
    ("Asia/Shanghai", "1988-01-01T12:00:00Z", "1988-01-01 20:00:00"),
    ("Asia/Shanghai", "1991-09-14T16:59:59Z", "1991-09-15 01:59:59"),
    ("Asia/Shanghai", "1991-09-14T17:00:00Z", "1991-09-15 01:00:00"),
    ("Asia/Shanghai", "1986-05-03T17:59:59Z", "1986-05-04 01:59:59"),
    ("Asia/Shanghai", "1986-05-03T18:00:00Z", "1986-05-04 03:00:00"),
    ("Asia/Shanghai", "2024-02-29T16:00:00Z", "2024-03-01 00:00:00"),
    ("Asia/Shanghai", "1969-12-31T23:00:00Z", "1970-01-01 07:00:00"),
    ("Asia/Urumqi", "2026-02-28T23:30:00Z", "2026-03-01 05:30:00"),
    ("Europe/Paris", "2026-03-29T00:59:59Z", "2026-03-29 01:59:59"),
    ("Europe/Paris", "2026-03-29T01:00:00Z", "2026-03-29 03:00:00"),
    ("Europe/Paris", "2026-10-25T00:59:59Z", "2026-10-25 02:59:59"),
    ("Europe/Paris", "2026-10-25T01:00:00Z", "2026-10-25 02:00:00"),
  ]) func `a moment is shown as the clocks of the zone show it`(_ name: String, _ moment: String, _ shown: String) throws {
    let zone = try #require(OfficeZone(named: name))
    let bytes = Array(moment.utf8)
    let local = Array(shown.utf8)
    let expected = DayTime(iso: local.span)
    let given = CalendarDate(iso: bytes.span.extracting(0..<10))
    let (day, clock) = (try #require(given), try #require(CalendarClock(bytes)))
    #expect(zone.local(day, second: clock.second, offset: 0) == expected)
    #expect(expected != nil)
  }

  @Test func `a zone that nobody knows is none`() {
    #expect(OfficeZone(named: "Asia/Peking") == nil && OfficeZone(named: "") == nil)
  }

  /// The second of the day of `YYYY-MM-DDTHH:MM:SSZ`.
  private struct CalendarClock {
    let second: Int

    init?(_ bytes: [UInt8]) {
      let digits = bytes[11..<19].filter { $0 != 0x3A }.map { Int($0) - 0x30 }
      guard digits.count == 6 else { return nil }
      second = (digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60 + digits[4] * 10 + digits[5]
    }
  }
}
