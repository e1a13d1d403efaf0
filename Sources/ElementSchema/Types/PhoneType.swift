import ElementCore

/// Telephone numbers: mobile ones, fixed lines and service numbers, several in one cell joined by a semicolon.
struct PhoneType: TypeForm {
  static let names = ["phone"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType { .phone }

  var mask: MaskKind { .phone }

  func note(timeZone: String) -> LocalizedText? { LocalizedText(zh: "手机或固定电话", en: "mobile or fixed line") }
}
