/// A day, and the time of the day where it is known; without a time zone.
package struct DayTime: Sendable, Hashable {
  /// The day in the office's time zone.
  package let day: CalendarDate
  /// The second of the day, from 0 to 86,399; nil where only the day is known.
  package let second: Int?

  /// A moment of a day; `second` counts from midnight, nil where only the day is known.
  package init(day: CalendarDate, second: Int?) {
    self.day = day
    self.second = second
  }

  /// What stands as YYYY-MM-DD or YYYY-MM-DD HH:MM:SS; nil for any other form.
  package init?(iso bytes: Span<UInt8>) {
    guard bytes.count == 10 || bytes.count == 19, let day = CalendarDate(iso: bytes.extracting(0..<10)) else { return nil }
    if bytes.count == 10 {
      self.init(day: day, second: nil)
      return
    }
    guard bytes[10] == 0x20, let second = DayTime.second(bytes.extracting(11..<19)) else { return nil }
    self.init(day: day, second: second)
  }

  /// The second of the day that `HH:MM` or `HH:MM:SS` stands for, with one digit or two; nil for any other form.
  package static func second(_ bytes: Span<UInt8>) -> Int? {
    var parts: [Int] = []
    var start = 0
    for index in 0...bytes.count where index == bytes.count || bytes[index] == 0x3A {
      let part = bytes.extracting(start..<index)
      guard part.isDigits, (1...2).contains(part.count), parts.count < 3 else { return nil }
      parts.append(part.number(0..<part.count))
      start = index + 1
    }
    guard parts.count >= 2, parts[0] < 24, parts[1] < 60, parts.count < 3 || parts[2] < 60 else { return nil }
    return parts[0] * 3600 + parts[1] * 60 + (parts.count == 3 ? parts[2] : 0)
  }

  /// The days since 0000-03-01 with the fraction of the day: differences of it are differences in days.
  package var dayNumber: Double { Double(day.dayNumber) + Double(second ?? 0) / 86_400 }

  /// As YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS where the time is known.
  package var text: String {
    guard let second else { return day.text }
    let parts = [second / 3600, second / 60 % 60, second % 60].map { ($0 < 10 ? "0" : "") + String($0) }
    return day.text + " " + parts.joined(separator: ":")
  }
}
