/// A day of the Gregorian calendar without a time zone.
package struct CalendarDate: Sendable, Hashable, Comparable {
  /// The year, 1 to 9999.
  package let year: Int
  /// The month, 1 to 12.
  package let month: Int
  /// The day, 1 to 31.
  package let day: Int

  /// A day; nil where the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    guard day <= CalendarDate.dayCount(year: year, month: month) else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that eight ASCII digits at `offset` (from 0) spell as YYYYMMDD.
  package init?(digits: Span<UInt8>, at offset: Int) {
    let number = digits.eightDigits(at: offset)
    self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }

  /// The day written as YYYY-MM-DD; nil for any other form.
  package init?(iso bytes: Span<UInt8>) {
    guard bytes.count == 10 else { return nil }
    // The hyphens become zeros, so that all ten are digits: YYYY0MM0 and DD.
    let head = bytes.word(at: 0) ^ 0x1D00_001D_0000_0000
    let (tens, ones) = (bytes[8] &- 0x30, bytes[9] &- 0x30)
    guard head & 0xFF00_00FF_0000_0000 == 0x3000_0030_0000_0000, ByteWord(head).isDigits, tens <= 9, ones <= 9 else {
      return nil
    }
    let number = ByteWord(head).eightDigits
    self.init(year: number / 10_000, month: number / 10 % 1_000, day: Int(tens) * 10 + Int(ones))
  }

  /// The number of days of a month.
  package static func dayCount(year: Int, month: Int) -> Int {
    if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31
  }

  /// The number of days since 0000-03-01 (proleptic): differences of it are differences in days.
  package var dayNumber: Int {
    let shifted = month <= 2 ? year - 1 : year
    let monthIndex = (month + 9) % 12
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (monthIndex * 153 + 2) / 5 + day - 1
  }

  /// Completed years from this day to another.
  package func years(to other: CalendarDate) -> Int {
    other.year - year - ((other.month, other.day) < (month, day) ? 1 : 0)
  }

  /// The earlier day is less.
  package static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.order < right.order
  }

  private var order: Int { year << 9 | month << 5 | day }

  /// Appends the day as YYYY-MM-DD.
  package func append(to bytes: inout [UInt8]) {
    for (number, width) in [(year, 4), (month, 2), (day, 2)] {
      if width == 2 { bytes.append(0x2D) }
      let digits = Array(String(number).utf8)
      bytes.append(contentsOf: repeatElement(0x30, count: width - digits.count))
      bytes.append(contentsOf: digits)
    }
  }

  /// The day as YYYY-MM-DD.
  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(validUTF8: bytes.span) ?? ""
  }
}
