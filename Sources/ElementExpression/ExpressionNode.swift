import ElementCore

/// A compiled expression as a tree.
indirect enum ExpressionNode: Sendable {
  /// A condition as written.
  case truth(Bool)
  /// A number as written.
  case number(Double)
  /// A text as written, in UTF-8.
  case text([UInt8])
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
  /// The number of code points of a text.
  case size(ExpressionNode)
  /// Whether a text begins with, ends with or holds another.
  case textTest(TextTest, ExpressionNode, ExpressionNode)
  /// Whether a text matches a pattern as a whole.
  case matches(ExpressionNode, BytePattern)
  /// The days from the second date to the first.
  case difference(ExpressionNode, ExpressionNode)
  /// The days from Monday to Friday that lie behind the second date, up to the first; public holidays are not known.
  case workdays(ExpressionNode, ExpressionNode)
  /// A number, or another where it is unknown.
  case otherwise(ExpressionNode, Double)
  /// A number plus, or minus, another.
  case sum(isMinus: Bool, ExpressionNode, ExpressionNode)
  /// A date moved by a number of days.
  case shift(isMinus: Bool, ExpressionNode, ExpressionNode)
  /// The day that counts as today.
  case today

  /// The texts that fields are compared with for equality.
  var comparedTexts: [(field: Int, text: [UInt8])] {
    switch self {
    case .compare(let comparison, .field(let field, _), .text(let text)) where comparison == .equal || comparison == .notEqual:
      return [(field, text)]
    case .isIn(.field(let field, _), let list):
      return list.compactMap { if case .text(let text) = $0 { (field, text) } else { nil } }
    case .not(let inner): return inner.comparedTexts
    case .and(let left, let right), .or(let left, let right), .compare(_, let left, let right):
      return left.comparedTexts + right.comparedTexts
    default: return []
    }
  }

  /// What may be asked of two texts beside comparing them.
  enum TextTest: String, Sendable {
    /// Whether the first begins with the second.
    case startsWith
    /// Whether the first ends with the second.
    case endsWith
    /// Whether the first holds the second.
    case contains

    func holds(_ text: Span<UInt8>, _ part: Span<UInt8>) -> Bool {
      if part.count > text.count { return false }
      switch self {
      case .startsWith: return text.extracting(0..<part.count).equals(part)
      case .endsWith: return text.extracting(text.count - part.count..<text.count).equals(part)
      case .contains:
        for start in 0...text.count - part.count where text.extracting(start..<start + part.count).equals(part) { return true }
        return false
      }
    }
  }

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

    /// Whether it holds for two numbers.
    @inline(__always)
    func holds(_ left: Double, _ right: Double) -> Bool {
      switch self {
      case .equal: left == right
      case .notEqual: left != right
      case .less: left < right
      case .lessOrEqual: left <= right
      case .greater: left > right
      case .greaterOrEqual: left >= right
      }
    }

    /// Whether it holds for two texts, in the order of their bytes.
    @inline(__always)
    func holds(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
      switch self {
      case .equal: left.equals(right)
      case .notEqual: !left.equals(right)
      case .less: Self.precedes(left, right)
      case .lessOrEqual: !Self.precedes(right, left)
      case .greater: Self.precedes(right, left)
      case .greaterOrEqual: !Self.precedes(left, right)
      }
    }

    private static func precedes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
      for index in 0..<min(left.count, right.count) where left[index] != right[index] { return left[index] < right[index] }
      return left.count < right.count
    }
  }
}
