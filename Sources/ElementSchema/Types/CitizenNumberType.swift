import ElementCore
import ElementExpression

/// Citizen identification numbers (GB 11643), of 18 characters or of 15 digits as they were until 1999.
struct CitizenNumberType: TypeForm {
  static let names = ["citizenId"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType { .citizenId }

  var mask: MaskKind { .identifier }
  var isCode: Bool { true }
  var expression: ExpressionType { .citizenId }

  func pattern(digits: Int?) -> String? { "[0-9]{15}|[0-9]{17}[0-9X]" }

  func notation(_ size: FieldSize) -> String { "c18" }

  func note(timeZone: String) -> LocalizedText? { LocalizedText(zh: "GB 11643，校验码", en: "GB 11643, check character") }
}
