import ElementExpression

/// Whole numbers of at most 18 digits.
struct IntegerType: TypeForm {
  static let names = ["integer"]
  static let attributes = ["digits", "min", "max"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType { .integer }

  var kind: ValueKind { .integer }
  var expression: ExpressionType { .number }

  func pattern(digits: Int?) -> String? { "-?[0-9]+" }

  func notation(_ size: FieldSize) -> String { "n" + (size.digits.map { "..\($0)" } ?? "") }
}
