import ElementCore

/// The text of a number in a cell: as the spreadsheet shows it, not as the machine rounds it.
enum CellNumber {
  /// A number as digits: no exponent, at most 15 digits that count, as spreadsheets keep no more; `power` moves its point to the right.
  static func text(_ written: Span<UInt8>, power: Int = 0) -> [UInt8]? {
    var digits: [UInt8] = []
    var (exponent, isNegative, behindPoint, place) = (0, false, false, 0)
    if place < written.count, written[place] == 0x2D || written[place] == 0x2B {
      isNegative = written[place] == 0x2D
      place += 1
    }
    while place < written.count, written[place] != 0x45, written[place] != 0x65 {
      let byte = written[place]
      if byte == 0x2E, !behindPoint {
        behindPoint = true
      } else {
        guard (0x30...0x39).contains(byte) else { return nil }
        digits.append(byte)
        if behindPoint { exponent -= 1 }
      }
      place += 1
    }
    guard !digits.isEmpty, digits.count <= 64 else { return nil }
    if place < written.count {
      guard let tens = String(validUTF8: written.extracting(place + 1..<written.count)).flatMap({ Int($0) }),
        tens.magnitude < 400
      else { return nil }
      exponent += tens
    }
    let zeros = digits.prefix { $0 == 0x30 }.count
    digits.removeFirst(min(zeros, digits.count - 1))
    round(&digits, &exponent)
    return layOut(digits, exponent + power, isNegative)
  }

  /// Leaves 15 digits; the ones behind come from the machine's way of keeping numbers.
  private static func round(_ digits: inout [UInt8], _ exponent: inout Int) {
    // A whole number keeps all its digits: what it lost it lost before, and the digits say so.
    guard digits.count > 15, exponent < 0 else { return }
    let isUp = digits[15] >= 0x35
    exponent += digits.count - 15
    digits.removeLast(digits.count - 15)
    var place = 14
    while isUp, place >= 0 {
      if digits[place] < 0x39 {
        digits[place] += 1
        return
      }
      digits[place] = 0x30
      place -= 1
    }
    if isUp {
      digits.insert(0x31, at: 0)
      digits.removeLast()
      exponent += 1
    }
  }

  private static func layOut(_ digits: [UInt8], _ exponent: Int, _ isNegative: Bool) -> [UInt8]? {
    var (digits, exponent) = (digits, exponent)
    while exponent < 0, digits.count > 1, digits.last == 0x30 {
      digits.removeLast()
      exponent += 1
    }
    if digits == [0x30] { return [0x30] }
    var out: [UInt8] = isNegative ? [0x2D] : []
    if exponent >= 0 {
      guard digits.count + exponent <= 64 else { return nil }
      out += digits
      out += repeatElement(0x30, count: exponent)
    } else if -exponent < digits.count {
      out += digits[..<(digits.count + exponent)]
      out.append(0x2E)
      out += digits[(digits.count + exponent)...]
    } else {
      guard -exponent <= 64 else { return nil }
      out += [0x30, 0x2E]
      out += repeatElement(0x30, count: -exponent - digits.count)
      out += digits
    }
    return out
  }

  /// A serial number as a date and time (ECMA-376 part 1, 18.17.4): days since the last day of 1899, or since 1904-01-01.
  ///
  /// Day 60 of the first system is 29 February 1900, which never was: it stays so, for the check of dates to find.
  static func date(_ serial: Double, _ kind: NumberStyles.Kind, is1904: Bool) -> [UInt8]? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    var day = Int(serial)
    var seconds = Int(((serial - Double(day)) * 86_400).rounded())
    if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
    let clock = time(seconds)
    // A few days beside a time are none that anybody wrote: the format does not show them.
    if kind == .time, day < CellNumber.firstDay { return clock }
    guard var text = dayText(day, is1904: is1904) else { return nil }
    if kind != .date, seconds > 0 || kind == .dateTime { text += [0x20] + clock }
    return text
  }

  /// Days of the first year, beside a time, come from adding times.
  private static let firstDay = 366

  /// A length of time in days as its format counts it: `36:00`, `36:00:00`, `2160:00`, `129600`.
  static func duration(_ days: Double, _ form: NumberStyles.Duration) -> [UInt8]? {
    guard days >= 0, days < 2_958_466 else { return nil }
    let seconds = Int((days * 86_400).rounded())
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let text =
      switch form {
      case .hours(let shows):
        "\(two(seconds / 3600)):\(two(seconds / 60 % 60))" + (shows || seconds % 60 != 0 ? ":\(two(seconds % 60))" : "")
      case .minutes: "\(seconds / 60):\(two(seconds % 60))"
      case .seconds: String(seconds)
      }
    return Array(text.utf8)
  }

  private static func dayText(_ day: Int, is1904: Bool) -> [UInt8]? {
    if day == 60, !is1904 { return Array("1900-02-29".utf8) }
    let start = is1904 ? CalendarDate(year: 1904, month: 1, day: 1) : CalendarDate(year: 1899, month: 12, day: 31)
    guard let start, is1904 || day > 0 else { return nil }
    let passed = !is1904 && day > 60 ? day - 1 : day
    guard let date = CalendarDate(dayNumber: start.dayNumber + passed) else { return nil }
    var out: [UInt8] = []
    date.append(to: &out)
    return out
  }

  private static func time(_ seconds: Int) -> [UInt8] {
    func two(_ number: Int) -> [UInt8] { [UInt8(0x30 + number / 10), UInt8(0x30 + number % 10)] }
    let minutes = two(seconds / 3600) + [0x3A] + two(seconds / 60 % 60)
    return seconds % 60 == 0 ? minutes : minutes + [0x3A] + two(seconds % 60)
  }
}
