extension CalendarDate {
  /// The day of a `dayNumber`; nil outside the years 1 to 9999.
  package init?(dayNumber: Int) {
    guard dayNumber.magnitude < 4_000_000 else { return nil }
    let year = CalendarDate.year(ofDay: dayNumber)
    for month in 1...12 {
      guard let first = CalendarDate(year: year, month: month, day: 1) else { return nil }
      let day = dayNumber - first.dayNumber + 1
      if day <= CalendarDate.dayCount(year: year, month: month) {
        self.init(year: year, month: month, day: day)
        return
      }
    }
    return nil
  }

  /// The year of a `dayNumber`.
  package static func year(ofDay day: Int) -> Int {
    // A day number grows by 365.2425 a year from 0000-03-01; the first of January falls 306 days later.
    var year = day * 400 / 146_097
    while let first = CalendarDate(year: year + 1, month: 1, day: 1), first.dayNumber <= day { year += 1 }
    while let first = CalendarDate(year: year, month: 1, day: 1), first.dayNumber > day { year -= 1 }
    return year
  }

  /// The days from Monday to Friday of all weeks up to a `dayNumber`, that day included.
  package static func workdays(upToDay number: Int) -> Int {
    // Day 0, the first of March of the year 0, was a Wednesday: day 5 begins a week.
    let days = number - 4
    let weeks = days >= 0 ? days / 7 : (days - 6) / 7
    return weeks * 5 + min(5, days - weeks * 7)
  }

  /// The days from Monday to Friday behind another day, up to this one; public holidays are not known.
  package func workdays(since start: CalendarDate) -> Int {
    CalendarDate.workdays(upToDay: dayNumber) - CalendarDate.workdays(upToDay: start.dayNumber)
  }
}
