/// A compiled expression as a tree.
indirect enum ExpressionNode: Sendable {
  case constant(ExpressionValue)
  case field(Int, ExpressionType)
  case has(Int)
  case not(ExpressionNode)
  case and(ExpressionNode, ExpressionNode)
  case or(ExpressionNode, ExpressionNode)
  case compare(Comparison, ExpressionNode, ExpressionNode)
  case isIn(ExpressionNode, [ExpressionNode])
  case birthDate(Int)
  case sexCode(Int)
  case year(ExpressionNode)
  case today

  enum Comparison: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }
}

/// What an expression comes to for a record; an empty field is unknown.
package enum ExpressionValue: Sendable, Hashable {
  case unknown
  case bool(Bool)
  case number(Double)
  /// A day, as `CalendarDate.dayNumber`.
  case day(Int)
  case text([UInt8])
}
