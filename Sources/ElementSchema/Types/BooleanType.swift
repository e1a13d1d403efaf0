import ElementCore

/// Flags, kept as 1 and 0.
struct BooleanType: TypeForm {
  static let names = ["boolean"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType { .boolean }

  var kind: ValueKind { .boolean }

  func pattern(digits: Int?) -> String? { "[01]" }

  func notation(_ size: FieldSize) -> String { "n1" }

  func note(timeZone: String) -> LocalizedText? { LocalizedText(zh: "1 是 0 否", en: "1 yes, 0 no") }
}
