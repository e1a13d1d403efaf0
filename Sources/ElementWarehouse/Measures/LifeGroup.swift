/// Findings that share all that a report asks of them: what they are, where and by whom, from when to when, and why.
package struct LifeGroup: Sendable {
  /// Rule, dataset, field and severity.
  package let kind: FindingKind
  /// The grid code of the rows; `-` for none.
  package let grid: String
  /// Who sent the rows as they stand; empty for nobody named.
  package let sender: String
  /// The area that the sender answers for, in digits; empty where nobody said. Rows that wait lie in it, as far as is known.
  package let area: String
  /// Whether the rows wait for correction.
  package let isWaiting: Bool
  /// The number of the recorded day on which they were first found.
  package let first: Int
  /// Why they came; nil on the first day of all.
  package let cause: LifeCause?
  /// The number of the recorded day on which they were found last; nil while they are.
  package let last: Int?
  /// Why they went; nil while they are there.
  package let endCause: LifeCause?
  /// How many findings these are.
  package let count: Int

  /// What became of findings on a day.
  package enum Fate: Sendable, Hashable {
    /// They were not there on the day before.
    case new(LifeCause)
    /// They were there on the day before only.
    case fixed(LifeCause)
    /// They are there on both days, or on the first of all.
    case persisting
  }

  /// What became of them on the recorded day of a number; nil where neither it nor the day before has them.
  package func fate(on day: Int) -> Fate? {
    if first > day { return nil }
    if let last, last < day { return last == day - 1 ? endCause.map(Fate.fixed) : nil }
    if first == day, let cause { return .new(cause) }
    return .persisting
  }
}
