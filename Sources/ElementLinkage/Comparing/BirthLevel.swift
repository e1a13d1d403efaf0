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
  package init(_ left: [CalendarDate], _ right: [CalendarDate]) {
    var best = BirthLevel.none
    for one in left {
      for other in right {
        let level = BirthLevel(one, other)
        if level.rawValue < best.rawValue { best = level }
      }
    }
    self = best
  }

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
    let places = one.indices.filter { one[$0] != other[$0] }
    guard places.count == 2 else { return places.count == 1 }
    let (first, next) = (places[0], places[1])
    return next == first + 1 && one[first] == other[next] && one[next] == other[first]
  }
}

extension CalendarDate {
  fileprivate var isFirstOfYear: Bool { month == 1 && day == 1 }

  /// The digits of YYYYMMDD, from the last.
  fileprivate var digits: [Int] {
    var (rest, digits): (Int, [Int]) = (year * 10_000 + month * 100 + day, [])
    for _ in 0..<8 {
      digits.append(rest % 10)
      rest /= 10
    }
    return digits
  }
}
