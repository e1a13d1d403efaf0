/// A compiled expression as a tree.
indirect enum ExpressionNode: Sendable {
  /// A value as written.
  case constant(ExpressionValue)
  /// The value of a field (from 0).
  case field(Int, ExpressionType)
  /// Whether a field holds a value.
  case has(Int)
  /// The opposite of a condition.
  case not(ExpressionNode)
  /// Both conditions.
  case and(ExpressionNode, ExpressionNode)
  /// Either condition.
  case or(ExpressionNode, ExpressionNode)
  /// Two values compared.
  case compare(Comparison, ExpressionNode, ExpressionNode)
  /// Whether a value is one of several.
  case isIn(ExpressionNode, [ExpressionNode])
  /// The birth date in the citizen number of a field.
  case birthDate(Int)
  /// The sex code in the citizen number of a field.
  case sexCode(Int)
  /// The year of a date.
  case year(ExpressionNode)
  /// The day that counts as today.
  case today

  /// How two values are compared.
  enum Comparison: String, Sendable {
    /// The same.
    case equal = "=="
    /// Not the same.
    case notEqual = "!="
    /// Before.
    case less = "<"
    /// Before or the same.
    case lessOrEqual = "<="
    /// Behind.
    case greater = ">"
    /// Behind or the same.
    case greaterOrEqual = ">="
  }
}

/// What an expression comes to for a record; an empty field is unknown.
package enum ExpressionValue: Sendable, Hashable {
  /// An empty field, or a value that cannot be read.
  case unknown
  /// A condition.
  case bool(Bool)
  /// A number.
  case number(Double)
  /// A day, as `CalendarDate.dayNumber`.
  case day(Int)
  /// A text, as UTF-8.
  case text([UInt8])
}
