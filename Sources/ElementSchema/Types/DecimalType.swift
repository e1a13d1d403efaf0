import ElementExpression

/// Numbers with a fraction.
struct DecimalType: TypeForm {
  static let names = ["decimal"]
  static let attributes = ["digits", "scale", "min", "max"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType { .decimal }

  var kind: FieldShape.Kind { .decimal }
  var expression: ExpressionType { .number }

  func pattern(_ field: Field) -> String? { "-?[0-9]+(\\.[0-9]+)?" }

  func notation(_ field: Field, _ pack: SchemaPack) -> String { "n\(field.digits ?? 10),\(field.scale ?? 2)" }
}
