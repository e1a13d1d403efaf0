/// What a value of an expression is.
package enum ExpressionType: Sendable, Hashable {
  /// A condition.
  case bool
  case text
  case number
  case date
  /// A citizen identification number: a text with `birthDate()` and `sexCode()`.
  case citizenId

  /// Whether two values of these types can be compared for equality.
  func matches(_ other: ExpressionType) -> Bool {
    self == other || (isText && other.isText)
  }

  /// Whether values are compared as texts.
  var isText: Bool { self == .text || self == .citizenId }

  /// Whether values of this type have an order.
  var isOrdered: Bool { self == .number || self == .date || isText }

  /// The name used in error messages.
  var name: String {
    switch self {
    case .bool: "bool"
    case .text: "text"
    case .number: "number"
    case .date: "date"
    case .citizenId: "citizenId"
    }
  }
}

/// A field as expressions see it.
package struct ExpressionField: Sendable, Hashable {
  /// The field's place in the dataset, from 0.
  package let index: Int
  /// What its values are.
  package let type: ExpressionType

  /// A field.
  package init(index: Int, type: ExpressionType) {
    self.index = index
    self.type = type
  }
}
