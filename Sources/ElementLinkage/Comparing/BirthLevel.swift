package import ElementCore

/// How the birth dates of two records agree, the most telling first: the best of each date of one with each of the other.
package enum BirthLevel: Int, Sendable, CaseIterable {
  /// The same day.
  case same
  /// Day and month exchanged.
  case swap
  /// The same year, one of them its first day: somebody knew the year alone.
  case jan1
  /// The same day of the year before or after.
  case year1
  /// One digit of eight is another, or two neighbours are exchanged.
  case oneDigit
  /// Ten to sixty days apart: a day of the lunar calendar taken for one of the solar.
  case near
  /// Born in one year, which many are.
  case sameYear
  /// Other years.
  case differ
  /// One side has no date.
  case none

  /// Compares the dates of two records, of which each may have one in its column and one in its number.
  package init(_ left: BirthDates, _ right: BirthDates) {
    func level(_ one: CalendarDate?, _ other: CalendarDate?) -> Int {
      guard let one, let other else { return BirthLevel.none.rawValue }
      return BirthLevel(one, other).rawValue
    }
    let columns = min(level(left.column, right.column), level(left.column, right.number))
    let numbers = min(level(left.number, right.column), level(left.number, right.number))
    self = BirthLevel(rawValue: min(columns, numbers)) ?? .none
  }

  /// Whether one date may be the other, written wrongly.
  var isSlip: Bool { rawValue <= BirthLevel.oneDigit.rawValue }

  /// Compares two dates; the order of the two does not matter.
  package init(_ left: CalendarDate, _ right: CalendarDate) {
    let (isYear, days) = (left.year == right.year, abs(left.dayNumber - right.dayNumber))
    if days == 0 {
      self = .same
    } else if isYear, left.month == right.day, left.day == right.month {
      self = .swap
    } else if isYear, left.isFirstOfYear || right.isFirstOfYear {
      self = .jan1
    } else if abs(left.year - right.year) == 1, left.month == right.month, left.day == right.day {
      self = .year1
    } else if BirthLevel.isSlip(left, right) {
      self = .oneDigit
    } else {
      self = (10...60).contains(days) ? .near : isYear ? .sameYear : .differ
    }
  }

  /// Whether the eight digits of two dates differ in one, or by two neighbours exchanged.
  private static func isSlip(_ left: CalendarDate, _ right: CalendarDate) -> Bool {
    let (one, other) = (left.digits, right.digits)
    let different = one ^ other
    let places = (0..<8).reduce(0) { $0 + (different >> (4 * UInt32($1)) & 0xF == 0 ? 0 : 1) }
    guard places == 2 else { return places == 1 }
    let first = UInt32(different.trailingZeroBitCount / 4 * 4)
    return one >> first & 0xF == other >> (first + 4) & 0xF && one >> (first + 4) & 0xF == other >> first & 0xF
      && different >> (first + 4) & 0xF != 0
  }
}

/// The birth dates of one record.
package struct BirthDates: Sendable, Hashable {
  /// What its column says.
  package var column: CalendarDate?
  /// What its number says.
  package var number: CalendarDate?

  /// Birth dates, as far as they are known.
  package init(column: CalendarDate? = nil, number: CalendarDate? = nil) { (self.column, self.number) = (column, number) }

  /// The dates that are known.
  var all: [CalendarDate] { [column, number].compactMap { $0 } }
}

extension CalendarDate {
  fileprivate var isFirstOfYear: Bool { month == 1 && day == 1 }

  /// The digits of YYYYMMDD, four bits each, the last lowest.
  fileprivate var digits: UInt32 {
    var (rest, digits): (Int, UInt32) = (year * 10_000 + month * 100 + day, 0)
    for place in 0..<8 {
      digits |= UInt32(rest % 10) << UInt32(4 * place)
      rest /= 10
    }
    return digits
  }
}
