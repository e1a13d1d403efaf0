import ElementCore

/// Why a record stays behind: the target would not take it.
package struct Misfit: Sendable, Hashable {
  /// What the target demands and the record has not.
  package enum Reason: Sendable, Hashable {
    /// A value is lacking.
    case missing
    /// A code that the profile has no word for.
    case unmapped
    /// A day or time that is known in part only.
    case partialDate
    /// More characters than the target takes.
    case tooLong(limit: Int)
    /// The value does not match the target's pattern.
    case pattern
    /// The value is none of those that the target takes.
    case value
    /// A character that the encoding, or the format, does not have.
    case character
    /// It is of a child under 14, whom the recipient may not have.
    case minor
    /// A rule of the profile, from 0, does not hold.
    case rule(Int)
  }

  /// The column of the target, from 0; -1 for a rule.
  package let column: Int
  /// What is wrong.
  package let reason: Reason

  /// A reason at a column.
  package init(column: Int, _ reason: Reason) { (self.column, self.reason) = (column, reason) }
}
