package import ElementCore

/// A condition over the fields of a record, type-checked and compiled once: a subset of CEL.
///
/// An empty field is unknown; `&&` and `||` absorb it as CEL has it, and an unknown result is *not evaluated*.
package struct Expression: Sendable {
  /// The expression as written.
  package let source: String
  /// The fields it looks at, from 0, ascending.
  package let fields: [Int]
  /// The texts that fields are compared with for equality, by field (from 0): what a lint looks up in code sets.
  package let comparedTexts: [(field: Int, text: [UInt8])]
  private let program: ExpressionProgram
  /// Whether the whole is a constant: true or false whatever the record.
  package let constant: Bool?
  /// Whether it asks for the day on which it is evaluated.
  package let usesToday: Bool

  /// Compiles an expression; `field` resolves names, `constants` are numbers with names, `names` are offered for wrong ones.
  ///
  /// - Throws: `ExpressionError` with the offset of what is wrong.
  package init(
    _ source: String, names: [String], constants: [String: Double] = [:], field: @escaping (String) -> ExpressionField?
  ) throws(ExpressionError) {
    self.source = source
    var parser = try ExpressionParser(source, names: names, constants: constants, field: field)
    let root = try parser.parse()
    program = ExpressionProgram(root)
    comparedTexts = root.comparedTexts
    fields = parser.used.sorted()
    usesToday = parser.usesToday
    if fields.isEmpty, let day = CalendarDate(year: 2000, month: 1, day: 1), !parser.usesToday {
      let shape = ExpressionShape(width: 0, count: 1, today: day)
      constant = program.truths([UInt8]().span, [FieldRange]().span, shape).first.map { $0 == 1 }
    } else {
      constant = nil
    }
  }

  /// What the condition comes to for each record of a batch: `bytes` holds the values, `ranges` says where, `width` ranges a
  /// record in dataset order.
  package func evaluate(
    _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, width: Int, count: Int, today: CalendarDate
  ) -> Truths {
    Truths(raw: program.truths(bytes, ranges, ExpressionShape(width: width, count: count, today: today)))
  }
}
