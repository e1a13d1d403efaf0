import ElementCore

/// Reads the styles that dates are written in.
enum DateReading {
  /// What a value came to.
  enum Outcome {
    /// A day; whether it already stands as YYYY-MM-DD.
    case day(CalendarDate, isCanonical: Bool)
    /// A day in form, but not of the calendar.
    case noSuchDay
    /// A spreadsheet serial.
    case serial
    /// Anything else.
    case unreadable
  }

  /// Reads `YYYY-MM-DD`, `YYYYMMDD`, `YYYY/M/D`, `YYYY.M.D` and `YYYY年M月D日`; a time of 00:00 behind it is passed over.
  static func read(_ bytes: Span<UInt8>) -> Outcome {
    if let day = CalendarDate(iso: bytes) { return .day(day, isCanonical: true) }
    if bytes.count == 8, bytes.isDigits { return outcome(bytes.number(0..<4), bytes.number(4..<6), bytes.number(6..<8)) }
    if bytes.count == 5, bytes.isDigits { return .serial }
    var index = 0
    guard let year = number(bytes, &index, digits: 4...4), separator(bytes, &index, 0xE5, 0xB9, 0xB4),
      let month = number(bytes, &index, digits: 1...2), separator(bytes, &index, 0xE6, 0x9C, 0x88),
      let day = number(bytes, &index, digits: 1...2)
    else { return .unreadable }
    if index < bytes.count, bytes[index] == 0xE6, index + 3 <= bytes.count, bytes[index + 1] == 0x97, bytes[index + 2] == 0xA5 {
      index += 3
    }
    guard isMidnight(bytes.extracting(index..<bytes.count)) else { return .unreadable }
    return outcome(year, month, day)
  }

  private static func outcome(_ year: Int, _ month: Int, _ day: Int) -> Outcome {
    CalendarDate(year: year, month: month, day: day).map { .day($0, isCanonical: false) } ?? .noSuchDay
  }

  private static func number(_ bytes: Span<UInt8>, _ index: inout Int, digits: ClosedRange<Int>) -> Int? {
    let start = index
    while index < bytes.count, index - start < digits.upperBound, bytes[index] &- 0x30 <= 9 { index += 1 }
    return index - start >= digits.lowerBound ? bytes.number(start..<index) : nil
  }

  /// One of `-`, `/`, `.`, or the character given by its three bytes (年, 月).
  private static func separator(_ bytes: Span<UInt8>, _ index: inout Int, _ first: UInt8, _ second: UInt8, _ third: UInt8)
    -> Bool
  {
    guard index < bytes.count else { return false }
    if bytes[index] == 0x2D || bytes[index] == 0x2F || bytes[index] == 0x2E {
      index += 1
      return true
    }
    guard index + 3 <= bytes.count, bytes[index] == first, bytes[index + 1] == second, bytes[index + 2] == third else {
      return false
    }
    index += 3
    return true
  }

  /// Nothing, or a time of day that is all zeros.
  private static func isMidnight(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where ![0x20, 0x54, 0x30, 0x3A, 0x2E].contains(bytes[index]) { return false }
    return true
  }
}
