import ElementExpression

/// Whole numbers of at most 18 digits.
struct IntegerType: TypeForm {
  static let names = ["integer"]
  static let attributes = ["digits", "min", "max"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType { .integer }

  var kind: FieldShape.Kind { .integer }
  var expression: ExpressionType { .number }

  func pattern(_ field: Field) -> String? { "-?[0-9]+" }

  func notation(_ field: Field, _ pack: SchemaPack) -> String { "n" + (field.digits.map { "..\($0)" } ?? "") }
}
