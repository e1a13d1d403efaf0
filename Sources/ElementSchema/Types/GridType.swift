import ElementCore

/// Grid codes of the site's scheme, or names of grids, which the end of a delivery looks up.
struct GridType: TypeForm {
  static let names = ["gridCode"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType { .gridCode }

  var isCode: Bool { true }

  func note(timeZone: String) -> LocalizedText? {
    LocalizedText(zh: "CJ/T 349 或本地规则", en: "CJ/T 349 or the site's scheme")
  }
}
