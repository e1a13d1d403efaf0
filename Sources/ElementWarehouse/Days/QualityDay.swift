package import ElementCore
package import ElementSchema

/// A day on which what is stored was checked and kept.
package struct QualityDay: Sendable, Hashable {
  /// Its place among the days that were recorded, from 1.
  package let number: Int
  /// The day that counted as today.
  package let day: CalendarDate
  /// The last batch before it was recorded; 0 for none.
  package let batch: Int
  /// When it was recorded, in UTC.
  package let recordedAt: String
  /// The digest of the schemas by which was checked.
  package let schemaDigest: String
  /// The version of the program that checked.
  package let toolVersion: String
  /// The digest of the warehouse then.
  package let digest: String
}

/// How many findings began, ended and persisted on a day, by why they did.
package struct LifeCounts: Sendable, Hashable {
  /// Findings that were not there on the day before; on the first day all of them, without a cause.
  package var beginning: [LifeCause: Int] = [:]
  /// Findings of the day before that are gone.
  package var ending: [LifeCause: Int] = [:]
  /// Findings that began on the first day that was ever recorded, of which nobody knows whether they are new.
  package var first = 0
  /// Findings of the day before that are still there.
  package var persisting = 0

  /// Nothing counted.
  package init() {}

  /// How many findings there are on the day.
  package var open: Int { first + persisting + beginning.values.reduce(0, +) }
}

/// What is to be recorded of a day.
package struct DayRecord: Sendable {
  /// The day that counts as today.
  package let day: CalendarDate
  /// Who records it, and by which schemas.
  package let head: BatchHead
  /// The schemas.
  package let datasets: [Dataset]
  /// What was found of what is stored.
  package var found: FoundToday
  /// How much the open rows of each dataset fill, by grid.
  package let filled: [String: [String: FilledCount]]
  /// What each rule is today, by a digest.
  package let ruleDigest: @Sendable (FindingKind) -> String

  /// A day with what was found.
  package init(
    day: CalendarDate, head: BatchHead, datasets: [Dataset], found: FoundToday, filled: [String: [String: FilledCount]],
    ruleDigest: @escaping @Sendable (FindingKind) -> String
  ) {
    (self.day, self.head, self.datasets, self.found, self.filled, self.ruleDigest) = (
      day, head, datasets, found, filled, ruleDigest
    )
  }
}

/// A day that cannot be recorded.
package struct DayRefusal: Error, Sendable {
  /// The warehouse, as given.
  package let path: String
  /// The day that was to be recorded.
  package let day: CalendarDate
  /// The last day that was.
  package let last: String
}
