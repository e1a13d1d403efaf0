import ElementCore

/// Six-digit divisions (GB/T 2260); a name that the table does not know is kept as it stands.
struct DivisionType: TypeForm {
  static let names = ["divisionCode"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType { .divisionCode }

  var isCode: Bool { true }

  // A name that the table does not know is kept, so all that is refused is another number of digits.
  func pattern(digits: Int?) -> String? { "[0-9]{6}|[0-9]*[^0-9][\\s\\S]*" }

  func notation(_ size: FieldSize) -> String { "c6" }

  func note(timeZone: String) -> LocalizedText? { LocalizedText(zh: "GB/T 2260", en: "GB/T 2260") }
}
