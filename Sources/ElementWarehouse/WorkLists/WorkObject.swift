package import ElementCore

/// Something that a grid member goes to, or looks at: a household, a house, a firm, a person.
package struct WorkObject: Sendable {
  /// The identifier of its dataset.
  package let dataset: String
  /// The value that others refer to it by.
  package let key: String
  /// What people call it; empty where the dataset has no name.
  package let name: String
  /// Where it is; empty where nobody said.
  package let address: String
  /// The grid code.
  package let grid: String
  /// The kind that visits call it by; empty where it is not visited.
  package let target: String
  /// By what a list knows it again on another day: eight letters and digits that say nothing of it to who has not the warehouse.
  package let mark: String
  /// When it was visited, or found as it stands, last; nil for never.
  package let last: CalendarDate?
}

/// A finding of a stored row that somebody in the grid can mend.
package struct WorkFinding: Sendable {
  /// Rule, dataset, field and severity.
  package let kind: FindingKind
  /// The values of the key of its record.
  package let key: [String]
  /// What people call the record; empty where the dataset has no name.
  package let name: String
  /// The grid code.
  package let grid: String
  /// When it was first found.
  package let first: CalendarDate
}

/// A member who looks after a grid.
package struct WorkMember: Sendable, Hashable {
  /// The member's number.
  package let number: String
  /// The member's name; empty where nobody said.
  package let name: String
}

/// The part of a year in which things of a kind are to be done, by its first day.
package enum WorkPeriod: Sendable {
  /// Three months, for families that are looked after (DB32/T 2763-2015 annex A 16).
  case quarter
  /// Six months, for all others: two full rounds a year (DB32/T 2763-2015 clause 11.1.3).
  case halfYear

  /// The first day of the period that a day is in.
  package func start(of day: CalendarDate) -> CalendarDate {
    let months = self == .quarter ? 3 : 6
    return CalendarDate(year: day.year, month: (day.month - 1) / months * months + 1, day: 1) ?? day
  }

  /// How many weeks of it are left with the one of a day, at least 1.
  package func weeksLeft(from day: CalendarDate) -> Int {
    let months = self == .quarter ? 3 : 6
    let first = start(of: day)
    let next = first.month + months
    let end = CalendarDate(year: next > 12 ? first.year + 1 : first.year, month: next > 12 ? next - 12 : next, day: 1) ?? day
    return max(1, (end.dayNumber - day.dayNumber + 6) / 7)
  }
}
