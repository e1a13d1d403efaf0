import ElementCore

/// The time of a day as people and programs write it behind a day, and the offset from UTC that stands behind it.
///
/// `8:30`, `08:30:15`, `8时30分`, `下午8:30`, `08:30:00.000Z`, `08:30+08:00`. What is not read to its last character is none: a time
/// that lost its end is another time.
struct ClockReading {
  /// The second of the day, from 0 to 86,399; fractions of a second are left out.
  let second: Int
  /// The seconds that the clock is ahead of UTC; nil where it does not say.
  let offset: Int?

  /// Reads a time, upper-case letters and narrow characters as folding leaves them; nil for anything else.
  init?(_ bytes: Span<UInt8>) {
    var cursor = Cursor(bytes)
    let half = cursor.half()
    guard var hour = cursor.number(digits: 1...2), let minute = cursor.part(after: [0x3A, 0x65F6, 0x70B9]) else { return nil }
    let behindMinute = cursor.place
    var clock: Int?
    if cursor.take(0x5206) {
      clock = cursor.number(digits: 1...2)
      guard cursor.place == bytes.count || clock ?? 0 == 0 || cursor.take(0x79D2) || cursor.isAtZone else { return nil }
    } else if let found = cursor.part(after: [0x3A]) {
      clock = found
      cursor.skipFraction()
    } else {
      cursor.place = behindMinute
    }
    if let half {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + half
    }
    // Behind hours and minutes alone a stroke means until: 08:00-10:00.
    guard hour < 24, minute < 60, clock ?? 0 < 60, cursor.zone(mayLag: clock != nil) else { return nil }
    (second, offset) = (hour * 3600 + minute * 60 + (clock ?? 0), cursor.offset)
  }

  /// Moves over the characters of a time.
  private struct Cursor {
    private let bytes: [UInt8]
    var place = 0
    /// What the zone came to.
    private(set) var offset: Int?

    init(_ bytes: Span<UInt8>) { self.bytes = Array(span: bytes) }

    /// Whether nothing or an offset follows, blanks aside.
    var isAtZone: Bool {
      var index = place
      while index < bytes.count, bytes[index] == 0x20 { index += 1 }
      return index == bytes.count || [0x5A, 0x2B, 0x2D].contains(bytes[index])
    }

    /// The hours that 上午 or 下午 adds; nil where neither stands here.
    mutating func half() -> Int? {
      skipBlanks()
      if take(0x4E0A) { return take(0x5348) ? 0 : nil }
      if take(0x4E0B) { return take(0x5348) ? 12 : nil }
      return nil
    }

    /// Moves over a number of so many digits.
    mutating func number(digits: ClosedRange<Int>) -> Int? {
      skipBlanks()
      let start = place
      while place < bytes.count, place - start < digits.upperBound, bytes[place] &- 0x30 <= 9 { place += 1 }
      return place - start >= digits.lowerBound ? bytes.span.number(start..<place) : nil
    }

    /// Moves over one of these characters and the number behind it.
    mutating func part(after marks: [UInt32]) -> Int? {
      guard marks.contains(where: { take($0) }) else { return nil }
      return number(digits: 1...2)
    }

    /// Moves over one character, where it stands here.
    mutating func take(_ scalar: UInt32) -> Bool {
      skipBlanks()
      guard place < bytes.count else { return false }
      var next = place
      guard UTF8Scan.scalar(bytes.span, at: &next) == scalar else { return false }
      place = next
      return true
    }

    /// Moves over the digits behind a point: they tell nobody anything.
    mutating func skipFraction() {
      guard place + 1 < bytes.count, bytes[place] == 0x2E || bytes[place] == 0x2C, bytes[place + 1] &- 0x30 <= 9 else { return }
      place += 1
      while place < bytes.count, bytes[place] &- 0x30 <= 9 { place += 1 }
    }

    /// Moves over `Z`, `+08:00`, `+0800` or `+08`, with `-` where it `mayLag`; false where something else is left.
    mutating func zone(mayLag: Bool) -> Bool {
      skipBlanks()
      guard place < bytes.count else { return true }
      if bytes[place] == 0x5A {
        offset = 0
        return place + 1 == bytes.count
      }
      guard bytes[place] == 0x2B || bytes[place] == 0x2D && mayLag else { return false }
      let sign = bytes[place] == 0x2B ? 1 : -1
      let digits = bytes[(place + 1)...].filter { $0 != 0x3A }
      let colons = bytes.count - place - 1 - digits.count
      guard digits.span.isDigits, digits.count == 2 && colons == 0 || digits.count == 4 && colons <= 1,
        colons == 0 || bytes[place + 3] == 0x3A
      else { return false }
      let (hours, minutes) = (digits.span.number(0..<2), digits.count == 4 ? digits.span.number(2..<4) : 0)
      guard hours <= (sign > 0 ? 14 : 12), minutes < 60 else { return false }
      offset = sign * (hours * 3600 + minutes * 60)
      return true
    }

    private mutating func skipBlanks() {
      while place < bytes.count, bytes[place] == 0x20 { place += 1 }
    }
  }
}
