import ElementCore

/// An expression as a flat list of steps without references, evaluated step by step over all records of a batch.
struct ExpressionProgram: Sendable {
  /// One step; numbers name other steps.
  enum Step: Sendable {
    /// A condition that never changes.
    case truth(Bool)
    /// A number that never changes.
    case number(Double)
    /// A date, or today for nil.
    case today
    /// Bytes of the constants.
    case literal(FieldRange)
    /// The value of a field.
    case field(Int32, ExpressionType)
    /// Whether a field holds a value.
    case has(Int32)
    /// The opposite of a condition.
    case not(Int32)
    /// Both conditions.
    case and(Int32, Int32)
    /// Either condition.
    case or(Int32, Int32)
    /// Two values compared.
    case compare(ExpressionNode.Comparison, Int32, Int32)
    /// Whether a field is one of `count` texts of at most eight bytes, which stand in `shortTexts` from `first` on.
    case isShortText(Int32, first: Int32, count: Int32)
    /// The birth date in the citizen number of a field.
    case birthDate(Int32)
    /// The sex code (GB/T 2261.1) in the citizen number of a field.
    case sexCode(Int32)
    /// The year of a date.
    case year(Int32)
    /// The number of code points of a text.
    case size(Int32)
    /// Whether a text begins with, ends with or holds another.
    case textTest(ExpressionNode.TextTest, Int32, Int32)
    /// Whether a text matches a pattern of `patterns` as a whole.
    case matches(Int32, pattern: Int32)
    /// The days from the second date to the first.
    case difference(Int32, Int32)
    /// The days from Monday to Friday behind the second date, up to the first.
    case workdays(Int32, Int32)
    /// A number, or another where it is unknown.
    case otherwise(Int32, Double)
    /// A number plus, or minus, another.
    case sum(isMinus: Bool, Int32, Int32)
    /// A date moved by a number of days.
    case shift(isMinus: Bool, Int32, Int32)
  }

  /// The steps; the last one is the whole.
  private(set) var steps: [Step] = []
  /// The bytes of all texts in the expression; it begins with `12`, the sex codes.
  private(set) var literals: [UInt8] = [0x31, 0x32]
  /// Texts of at most eight bytes, packed, with their lengths.
  private(set) var shortTexts: [(bytes: UInt64, count: Int32)] = []
  /// The patterns that texts are matched with.
  private(set) var patterns: [BytePattern] = []

  /// The program of an expression.
  init(_ root: ExpressionNode) {
    _ = add(root)
  }

  private mutating func add(_ node: ExpressionNode) -> Int32 {
    let step = step(node)
    steps.append(step)
    return Int32(steps.count - 1)
  }

  private mutating func step(_ node: ExpressionNode) -> Step {
    switch node {
    case .truth(let flag): return .truth(flag)
    case .number(let number): return .number(number)
    case .text(let bytes): return literal(bytes)
    case .today: return .today
    case .field(let index, let type): return .field(Int32(index), type)
    case .has(let index): return .has(Int32(index))
    case .not(let inner): return .not(add(inner))
    case .and(let left, let right): return .and(add(left), add(right))
    case .or(let left, let right): return .or(add(left), add(right))
    case .compare(.equal, .field(let index, let type), .text(let text)) where type.isText && text.count <= 8:
      return isShortText(index, [text])
    case .compare(let comparison, let left, let right): return .compare(comparison, add(left), add(right))
    case .isIn(.field(let index, let type), let list) where type.isText && list.allSatisfy(Self.isShort):
      return isShortText(index, list.compactMap { if case .text(let text) = $0 { text } else { nil } })
    case .isIn(let item, let list): return isIn(item, list)
    case .birthDate(let index): return .birthDate(Int32(index))
    case .sexCode(let index): return .sexCode(Int32(index))
    case .year(let inner): return .year(add(inner))
    case .size(let inner): return .size(add(inner))
    case .textTest(let test, let text, let part): return .textTest(test, add(text), add(part))
    case .matches(let text, let pattern):
      patterns.append(pattern)
      let number = Int32(patterns.count - 1)
      return .matches(add(text), pattern: number)
    case .difference(let left, let right): return .difference(add(left), add(right))
    case .workdays(let left, let right): return .workdays(add(left), add(right))
    case .otherwise(let inner, let number): return .otherwise(add(inner), number)
    case .sum(let isMinus, let left, let right): return .sum(isMinus: isMinus, add(left), add(right))
    case .shift(let isMinus, let date, let days): return .shift(isMinus: isMinus, add(date), add(days))
    }
  }

  /// Membership is equality with one item or the other: unknown items then weigh as `||` has it.
  private mutating func isIn(_ item: ExpressionNode, _ list: [ExpressionNode]) -> Step {
    let wanted = add(item)
    var whole: Step?
    for node in list {
      let equal = Step.compare(.equal, wanted, add(node))
      guard let before = whole else {
        whole = equal
        continue
      }
      steps.append(before)
      steps.append(equal)
      whole = .or(Int32(steps.count - 2), Int32(steps.count - 1))
    }
    return whole ?? .truth(false)
  }

  private static func isShort(_ node: ExpressionNode) -> Bool {
    if case .text(let text) = node { return text.count <= 8 }
    return false
  }

  private mutating func isShortText(_ field: Int, _ texts: [[UInt8]]) -> Step {
    let first = Int32(shortTexts.count)
    shortTexts += texts.map { ($0.span.word(at: 0, count: $0.count), Int32($0.count)) }
    return .isShortText(Int32(field), first: first, count: Int32(texts.count))
  }

  private mutating func literal(_ bytes: [UInt8]) -> Step {
    let start = literals.count
    literals += bytes
    return .literal(FieldRange(start, start + bytes.count))
  }
}
