package import ElementCore

/// A condition over the fields of a record, type-checked and compiled once.
///
/// An empty field is unknown; `&&` and `||` absorb it as CEL has it, and an unknown result is *not evaluated*.
package struct Expression: Sendable {
  /// The expression as written.
  package let source: String
  /// The fields it looks at, from 0, ascending.
  package let fields: [Int]
  private let root: ExpressionNode

  /// Compiles an expression; `field` resolves names, `names` are offered for wrong ones.
  ///
  /// - Throws: `ExpressionError` with the offset of what is wrong.
  package init(_ source: String, names: [String], field: @escaping (String) -> ExpressionField?) throws(ExpressionError) {
    self.source = source
    var parser = try ExpressionParser(source, names: names, field: field)
    root = try parser.parse()
    var used: Set<Int> = []
    Expression.collect(root, into: &used)
    fields = used.sorted()
  }

  /// Whether the condition holds for a record: `bytes` holds its values, `ranges` says where (in dataset order); nil where
  /// that is unknown.
  package func holds(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, today: CalendarDate) -> Bool? {
    if case .bool(let value) = Evaluation(today: today).value(root, bytes, ranges) { return value }
    return nil
  }

  private static func collect(_ node: ExpressionNode, into used: inout Set<Int>) {
    switch node {
    case .constant, .today: break
    case .field(let index, _), .has(let index), .birthDate(let index), .sexCode(let index): used.insert(index)
    case .not(let inner), .year(let inner): collect(inner, into: &used)
    case .and(let left, let right), .or(let left, let right), .compare(_, let left, let right):
      collect(left, into: &used)
      collect(right, into: &used)
    case .isIn(let item, let list):
      collect(item, into: &used)
      for node in list { collect(node, into: &used) }
    }
  }
}

/// Evaluates nodes over one record.
struct Evaluation {
  let today: CalendarDate

  func value(_ node: ExpressionNode, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>) -> ExpressionValue {
    switch node {
    case .constant(let value): return value
    case .today: return .day(today.dayNumber)
    case .has(let index): return .bool(!ranges[index].isEmpty)
    case .field(let index, let type): return field(bytes.extracting(ranges[index].indices), type)
    case .not(let inner): return not(value(inner, bytes, ranges))
    case .and(let left, let right): return join(left, right, bytes, ranges, absorbing: false)
    case .or(let left, let right): return join(left, right, bytes, ranges, absorbing: true)
    case .compare(let comparison, let left, let right): return compare(comparison, left, right, bytes, ranges)
    case .isIn(let item, let list): return isIn(item, list, bytes, ranges)
    case .birthDate(let index):
      return CitizenID.birthDate(bytes.extracting(ranges[index].indices)).map { .day($0.dayNumber) } ?? .unknown
    case .sexCode(let index):
      return CitizenID.isMale(bytes.extracting(ranges[index].indices)).map { .text([$0 ? 0x31 : 0x32]) } ?? .unknown
    case .year(let inner):
      // A day number grows by 365.2425 a year from 0000-03-01; the first of January falls 306 days later.
      guard case .day(let day) = value(inner, bytes, ranges) else { return .unknown }
      return .number(Double(Evaluation.year(of: day)))
    }
  }

  private func field(_ bytes: Span<UInt8>, _ type: ExpressionType) -> ExpressionValue {
    if bytes.isEmpty { return .unknown }
    switch type {
    case .date: return CalendarDate(iso: bytes).map { .day($0.dayNumber) } ?? .unknown
    case .number: return String(validUTF8: bytes).flatMap(Double.init).map { .number($0) } ?? .unknown
    default: return .text([UInt8](span: bytes))
    }
  }

  private func not(_ value: ExpressionValue) -> ExpressionValue {
    if case .bool(let flag) = value { return .bool(!flag) }
    return .unknown
  }

  /// `&&` (absorbing false) and `||` (absorbing true): the absorbing value wins over unknown.
  private func join(
    _ left: ExpressionNode, _ right: ExpressionNode, _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, absorbing: Bool
  ) -> ExpressionValue {
    let first = value(left, bytes, ranges)
    if first == .bool(absorbing) { return first }
    let second = value(right, bytes, ranges)
    if second == .bool(absorbing) { return second }
    return first == .unknown ? .unknown : second
  }

  private func isIn(
    _ item: ExpressionNode, _ list: [ExpressionNode], _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>
  ) -> ExpressionValue {
    let wanted = value(item, bytes, ranges)
    if wanted == .unknown { return .unknown }
    var sawUnknown = false
    for node in list {
      let candidate = value(node, bytes, ranges)
      if candidate == wanted { return .bool(true) }
      sawUnknown = sawUnknown || candidate == .unknown
    }
    return sawUnknown ? .unknown : .bool(false)
  }

  private func compare(
    _ comparison: ExpressionNode.Comparison, _ left: ExpressionNode, _ right: ExpressionNode, _ bytes: Span<UInt8>,
    _ ranges: Span<FieldRange>
  ) -> ExpressionValue {
    let first = value(left, bytes, ranges)
    let second = value(right, bytes, ranges)
    if first == .unknown || second == .unknown { return .unknown }
    switch comparison {
    case .equal: return .bool(first == second)
    case .notEqual: return .bool(first != second)
    case .less: return .bool(isLess(first, second))
    case .lessOrEqual: return .bool(!isLess(second, first))
    case .greater: return .bool(isLess(second, first))
    case .greaterOrEqual: return .bool(!isLess(first, second))
    }
  }

  private func isLess(_ left: ExpressionValue, _ right: ExpressionValue) -> Bool {
    switch (left, right) {
    case (.number(let first), .number(let second)): first < second
    case (.day(let first), .day(let second)): first < second
    case (.text(let first), .text(let second)): first.lexicographicallyPrecedes(second)
    default: false
    }
  }

  static func year(of day: Int) -> Int {
    var year = day * 400 / 146_097
    while let first = CalendarDate(year: year + 1, month: 1, day: 1), first.dayNumber <= day { year += 1 }
    while let first = CalendarDate(year: year, month: 1, day: 1), first.dayNumber > day { year -= 1 }
    return year
  }
}
