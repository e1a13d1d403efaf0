import ElementCore

/// Certificate numbers, judged by the type in another field (GA/T 517).
struct CertificateType: TypeForm {
  static let names = ["certNumber"]
  static let attributes = ["typeField", "length"]

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType {
    .certNumber(typeField: try node.required("typeField").text())
  }

  var mask: MaskKind { .identifier }
  var isCode: Bool { true }

  func notation(_ size: FieldSize) -> String { size.length.map { "c..\($0)" } ?? "c" }

  func note(timeZone: String) -> LocalizedText? { LocalizedText(zh: "按证件代码检查", en: "by certificate type") }
}
