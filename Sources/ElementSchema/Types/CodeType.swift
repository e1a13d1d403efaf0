import ElementCore

/// Codes of a set. The list itself says what is allowed; `digits` says how long a code is where the list could not be recovered.
struct CodeType: TypeForm {
  static let names = ["code"]
  static let attributes = ["set", "open", "versions", "values", "digits"]

  /// The code set.
  let set: String

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType {
    let set = try node.required("set")
    guard setNames.contains(try set.text()) else {
      throw set.error(zh: "没有代码集 \(try set.text())", en: "there is no code set \(try set.text())")
    }
    return .code(set: try set.text())
  }

  var isCode: Bool { true }

  var mask: MaskKind { .code }

  func notation(_ size: FieldSize) -> String {
    (size.longestCode ?? size.digits).map { "c\($0)" } ?? "c"
  }
}
