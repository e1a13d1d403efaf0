import ElementCore

/// Statistical division codes of 12 digits, or of 9 where townships are meant.
struct StatisticalType: TypeForm {
  static let names = ["statisticalCode"]
  static let attributes = ["digits"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType {
    if let digits = try node.optional("digits"), ![9, 12].contains(try digits.integer()) {
      throw digits.error(zh: "统计用区划代码为 9 位或 12 位", en: "a statistical code has 9 or 12 digits")
    }
    return .statisticalCode
  }

  var isCode: Bool { true }

  func pattern(digits: Int?) -> String? { "[0-9]{\(digits ?? 12)}" }

  func notation(_ size: FieldSize) -> String { "c\(size.digits ?? 12)" }

  func note(timeZone: String) -> LocalizedText? { LocalizedText(zh: "统计用区划代码", en: "statistical division code") }
}
