import ElementCore
import ElementExpression

/// Days, kept as YYYY-MM-DD.
struct DateType: TypeForm {
  static let names = ["date"]
  static let attributes = ["past", "birthDateOf"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType { .date }

  var kind: ValueKind { .date }
  var mask: MaskKind { .date }
  var expression: ExpressionType { .date }

  func pattern(digits: Int?) -> String? { "[0-9]{4}-[0-9]{2}-[0-9]{2}" }

  func notation(_ size: FieldSize) -> String { "d8" }

  func note(timeZone: String) -> LocalizedText? { LocalizedText(zh: "YYYY-MM-DD", en: "YYYY-MM-DD") }
}
