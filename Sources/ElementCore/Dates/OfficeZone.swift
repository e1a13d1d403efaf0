/// The time zone that an office keeps its times in: how far its clocks are ahead of UTC, and when that changed.
package struct OfficeZone: Sendable, Hashable {
  /// A moment from which on the clocks are another number of seconds ahead of UTC.
  package struct Change: Sendable, Hashable {
    /// The moment, in seconds since 1970-01-01T00:00:00Z.
    package let moment: Int
    /// The seconds ahead of UTC from then on; below zero for behind.
    package let offset: Int

    /// A change of the clocks.
    package init(moment: Int, offset: Int) { (self.moment, self.offset) = (moment, offset) }
  }

  /// Its name in the time-zone database, such as `Asia/Shanghai`.
  package let name: String
  /// The seconds ahead of UTC outside summer time: what most clocks that write an offset mean by it.
  package let standard: Int
  private let changes: [Change]

  /// A zone whose clocks keep its standard time until the first of the changes, which are ascending.
  package init(name: String, standard: Int, changes: [Change] = []) {
    (self.name, self.standard, self.changes) = (name, standard, changes)
  }

  /// The seconds that the clocks are ahead of UTC at a moment, in seconds since 1970-01-01T00:00:00Z.
  package func offset(at moment: Int) -> Int {
    let behind = changes.firstPlace { $0.moment > moment }
    return behind == 0 ? standard : changes[behind - 1].offset
  }

  /// What the clocks show when others, `offset` seconds ahead of UTC, show this time; nil outside the years 1 to 9999.
  ///
  /// An offset that is the zone's standard one is written by its own clocks: their time stays what it is.
  package func local(_ day: CalendarDate, second: Int, offset: Int) -> DayTime? {
    if offset == standard { return DayTime(day: day, second: second) }
    let moment = (day.dayNumber - Self.epoch) * 86_400 + second - offset
    let shown = moment + self.offset(at: moment)
    let passed = shown >= 0 ? shown / 86_400 : (shown - 86_399) / 86_400
    return CalendarDate(dayNumber: passed + Self.epoch).map { DayTime(day: $0, second: shown - passed * 86_400) }
  }

  /// The time on the calendar of the zone at a moment in seconds since 1970 (UTC), as `YYYY-MM-DD HH:MM:SS`; empty outside the years 1 to 9999.
  package func text(at moment: Int) -> String {
    guard let day = day(at: moment) else { return "" }
    let second = ((moment + offset(at: moment)) % 86_400 + 86_400) % 86_400
    let parts = [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : String($0) }
    return day.text + " " + parts.joined(separator: ":")
  }

  /// The day on the office's calendar at a moment, in seconds since 1970-01-01T00:00:00Z; nil outside the years 1 to 9999.
  package func day(at moment: Int) -> CalendarDate? {
    let shown = moment + offset(at: moment)
    return CalendarDate(dayNumber: (shown >= 0 ? shown / 86_400 : (shown - 86_399) / 86_400) + Self.epoch)
  }

  /// The `dayNumber` of 1970-01-01.
  private static let epoch = 719_468

  /// Asia/Shanghai, the time of the whole country by law, with the summer times of 1986 to 1991 (time-zone database, rule PRC).
  package static let shanghai = OfficeZone(
    name: "Asia/Shanghai", standard: 8 * 3600,
    changes: [
      (515_527_200, 527_014_800), (545_162_400, 558_464_400), (577_216_800, 589_914_000), (608_666_400, 621_968_400),
      (640_116_000, 653_418_000), (671_565_600, 684_867_600),
    ].flatMap { [Change(moment: $0.0, offset: 9 * 3600), Change(moment: $0.1, offset: 8 * 3600)] })
}
