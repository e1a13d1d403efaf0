package import ElementCore

/// A condition over the fields of a record, type-checked and compiled once.
///
/// An empty field is unknown; `&&` and `||` absorb it as CEL has it, and an unknown result is *not evaluated*.
package struct Expression: Sendable {
  /// The expression as written.
  package let source: String
  /// The fields it looks at, from 0, ascending.
  package let fields: [Int]
  private let program: ExpressionProgram

  /// Compiles an expression; `field` resolves names, `names` are offered for wrong ones.
  ///
  /// - Throws: `ExpressionError` with the offset of what is wrong.
  package init(_ source: String, names: [String], field: @escaping (String) -> ExpressionField?) throws(ExpressionError) {
    self.source = source
    var parser = try ExpressionParser(source, names: names, field: field)
    let root = try parser.parse()
    program = ExpressionProgram(root)
    var used: Set<Int> = []
    Expression.collect(root, into: &used)
    fields = used.sorted()
  }

  /// Whether the condition holds for a record: `bytes` holds its values, `ranges` says where (in dataset order); nil where
  /// that is unknown.
  package func holds(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, today: CalendarDate) -> Bool? {
    if case .bool(let value) = program.value(bytes, ranges, today: today) { return value }
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
