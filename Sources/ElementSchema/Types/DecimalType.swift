import ElementExpression

/// Numbers with a fraction.
struct DecimalType: TypeForm {
  static let names = ["decimal"]
  static let attributes = ["digits", "scale", "min", "max"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType { .decimal }

  var kind: ValueKind { .decimal }
  var expression: ExpressionType { .number }

  func pattern(digits: Int?) -> String? { "-?[0-9]+(\\.[0-9]+)?" }

  func notation(_ size: FieldSize) -> String { "n\(size.digits ?? 10),\(size.scale ?? 2)" }
}
