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

  /// What a value with a time of the day came to.
  enum TimedOutcome {
    /// A day, with its time where it is written; whether it already stands as it is kept.
    case time(DayTime, isCanonical: Bool)
    /// What the day alone came to, where it is none.
    case day(Outcome)
  }

  /// Reads a day in any style, with a time of it behind a blank, a T or 日, or with nothing, and `YYYYMMDDHHMM` with or without seconds;
  /// a time that says how far its clock is ahead of UTC comes to the office's own.
  static func readTimed(_ bytes: Span<UInt8>, _ zone: OfficeZone) -> TimedOutcome {
    if let time = DayTime(iso: bytes) { return .time(time, isCanonical: true) }
    if bytes.isDigits, bytes.count == 12 || bytes.count == 14 {
      let clock = bytes.count == 14 ? bytes.number(12..<14) : 0
      let (hour, minute) = (bytes.number(8..<10), bytes.number(10..<12))
      guard hour < 24, minute < 60, clock < 60 else { return .day(.unreadable) }
      return timed(bytes.extracting(0..<8), second: hour * 3600 + minute * 60 + clock)
    }
    guard let split = split(bytes) else { return timed(bytes, second: nil) }
    guard let clock = ClockReading(bytes.extracting(split.time..<bytes.count)) else { return .day(.unreadable) }
    let outcome = timed(bytes.extracting(0..<split.day), second: clock.second)
    guard let offset = clock.offset, case .time(let time, _) = outcome else { return outcome }
    guard let local = zone.local(time.day, second: clock.second, offset: offset) else { return .day(.noSuchDay) }
    return .time(local, isCanonical: false)
  }

  private static func timed(_ day: Span<UInt8>, second: Int?) -> TimedOutcome {
    let outcome = read(day)
    guard case .day(let date, _) = outcome else { return .day(outcome) }
    return .time(DayTime(day: date, second: second), isCanonical: false)
  }

  /// The day that a moment with an offset from UTC begins in the office's zone, as programs write days; nil for any other time.
  static func midnight(_ bytes: Span<UInt8>, _ zone: OfficeZone) -> CalendarDate? {
    guard case .time(let time, isCanonical: false) = readTimed(bytes, zone), time.second == 0 else { return nil }
    return time.day
  }

  /// Where the day ends and the time begins: at a blank, a T, or behind 日.
  private static func split(_ bytes: Span<UInt8>) -> (day: Int, time: Int)? {
    for index in bytes.indices {
      if bytes[index] == 0x20 || bytes[index] == 0x54 { return (index, index + 1) }
      let isWideBlank = index + 3 <= bytes.count && bytes[index] == 0xE3 && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80
      if isWideBlank { return (index, index + 3) }
      let isDay = index + 3 < bytes.count && bytes[index] == 0xE6 && bytes[index + 1] == 0x97 && bytes[index + 2] == 0xA5
      if isDay { return (index + 3, bytes[index + 3] == 0x20 ? index + 4 : index + 3) }
    }
    return nil
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
    guard isMidnight(bytes.extracting(index..<bytes.count), isParted: bytes[index - 1] > 0x7F) else { return .unreadable }
    return outcome(year, month, day)
  }

  /// Reads `YYYY-MM`, `YYYYMM`, `YYYY/M`, `YYYY.M` and `YYYY年M月`; nil for anything else.
  static func month(_ bytes: Span<UInt8>) -> (year: Int, month: Int)? {
    if bytes.count == 6, bytes.isDigits { return (bytes.number(0..<4), bytes.number(4..<6)) }
    var index = 0
    guard let year = number(bytes, &index, digits: 4...4), separator(bytes, &index, 0xE5, 0xB9, 0xB4),
      let month = number(bytes, &index, digits: 1...2)
    else { return nil }
    if index == bytes.count { return (year, month) }
    guard separator(bytes, &index, 0xE6, 0x9C, 0x88) else { return nil }
    // 月 or 月份.
    let isOver = index == bytes.count || bytes.extracting(index..<bytes.count).equals([0xE4, 0xBB, 0xBD].span)
    return isOver ? (year, month) : nil
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

  /// Nothing, or the beginning of the day: a blank or a T must part it from digits.
  private static func isMidnight(_ bytes: Span<UInt8>, isParted: Bool) -> Bool {
    guard let first = bytes.isEmpty ? nil : bytes[0] else { return true }
    let isMark = first == 0x20 || first == 0x54
    guard isMark || isParted, let clock = ClockReading(bytes.extracting((isMark ? 1 : 0)..<bytes.count)) else { return false }
    return clock.second == 0 && clock.offset == nil
  }
}
