import ElementCore

/// An expression as a flat list of steps without references: evaluating it copies and counts nothing.
struct ExpressionProgram: Sendable {
  /// One step; numbers name other steps.
  enum Step: Sendable {
    /// A value that never changes.
    case constant(Operand)
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
    /// Whether a value is one of `count` values, whose steps stand in `lists` from `first` on.
    case isIn(Int32, first: Int32, count: Int32)
    /// Whether a field is one of `count` texts of at most eight bytes, which stand in `shortTexts` from `first` on.
    case isShortText(Int32, first: Int32, count: Int32)
    /// The birth date in the citizen number of a field.
    case birthDate(Int32)
    /// The sex code (GB/T 2261.1) in the citizen number of a field.
    case sexCode(Int32)
    /// The year of a date.
    case year(Int32)
    /// The day that counts as today.
    case today
  }

  /// What a step comes to; texts stay where they stand.
  enum Operand: Sendable {
    /// An empty field, or a value that cannot be read.
    case unknown
    /// A condition.
    case bool(Bool)
    /// A number.
    case number(Double)
    /// A day, as `CalendarDate.dayNumber`.
    case day(Int)
    /// Bytes of the record.
    case text(FieldRange)
    /// Bytes of the constants.
    case literal(FieldRange)
  }

  /// The steps; the last one is the whole.
  private(set) var steps: [Step] = []
  /// The steps of lists.
  private(set) var lists: [Int32] = []
  /// The bytes of all texts in the expression; it begins with `12`, the sex codes.
  private(set) var literals: [UInt8] = [0x31, 0x32]

  /// Texts of at most eight bytes, packed, with their lengths.
  private(set) var shortTexts: [(bytes: UInt64, count: Int32)] = []

  /// The program of an expression.
  init(_ root: ExpressionNode) {
    _ = add(root)
  }

  private mutating func add(_ node: ExpressionNode) -> Int32 {
    let step: Step
    switch node {
    case .constant(let value): step = .constant(operand(value))
    case .field(let index, let type): step = .field(Int32(index), type)
    case .has(let index): step = .has(Int32(index))
    case .not(let inner): step = .not(add(inner))
    case .and(let left, let right): step = .and(add(left), add(right))
    case .or(let left, let right): step = .or(add(left), add(right))
    case .compare(.equal, .field(let index, let type), .constant(.text(let text))) where type.isText && text.count <= 8:
      step = isShortText(index, [text])
    case .compare(let comparison, let left, let right): step = .compare(comparison, add(left), add(right))
    case .isIn(.field(let index, let type), let list) where type.isText && list.allSatisfy(Self.isShort):
      step = isShortText(index, list.compactMap { if case .constant(.text(let text)) = $0 { text } else { nil } })
    case .isIn(let item, let list):
      let item = add(item)
      let places = list.map { add($0) }
      step = .isIn(item, first: Int32(lists.count), count: Int32(places.count))
      lists += places
    case .birthDate(let index): step = .birthDate(Int32(index))
    case .sexCode(let index): step = .sexCode(Int32(index))
    case .year(let inner): step = .year(add(inner))
    case .today: step = .today
    }
    steps.append(step)
    return Int32(steps.count - 1)
  }

  private static func isShort(_ node: ExpressionNode) -> Bool {
    if case .constant(.text(let text)) = node { return text.count <= 8 }
    return false
  }

  private mutating func isShortText(_ field: Int, _ texts: [[UInt8]]) -> Step {
    let first = Int32(shortTexts.count)
    shortTexts += texts.map { ($0.span.word(at: 0, count: $0.count), Int32($0.count)) }
    return .isShortText(Int32(field), first: first, count: Int32(texts.count))
  }

  private mutating func operand(_ value: ExpressionValue) -> Operand {
    switch value {
    case .unknown: return .unknown
    case .bool(let flag): return .bool(flag)
    case .number(let number): return .number(number)
    case .day(let day): return .day(day)
    case .text(let bytes):
      let start = literals.count
      literals += bytes
      return .literal(FieldRange(start, start + bytes.count))
    }
  }
}
