import ElementCore

/// Identifiers that are checked by their own value, which differ in their name and in what a sound one looks like.
struct IdentifierType: TypeForm {
  /// What schemas call them; the other kinds stand in certificate numbers only.
  static let kinds: [IdentifierKind] = [
    .creditCode, .organizationCode, .registrationNumber, .postcode, .plate, .realEstateUnit, .houseNumberCode,
  ]
  static let names = kinds.map(\.name)
  static let attributes = ["legacy"]

  let identifier: IdentifierKind

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType {
    guard let kind = kinds.first(where: { $0.name == name }) else { bug("a name of no identifier") }
    guard let legacy = try node.optional("legacy") else { return .identifier(kind) }
    guard kind == .creditCode else {
      throw legacy.error(zh: "legacy 只用于 uscc", en: "legacy is for uscc only")
    }
    return .identifier(try legacy.flag() ? .creditOrRegistration : .creditCode)
  }

  var mask: MaskKind { .identifier }
  var isCode: Bool { true }

  func pattern(digits: Int?) -> String? {
    switch identifier {
    case .creditCode: "[0-9A-HJ-NPQRTUWXY]{18}"
    case .creditOrRegistration: "[0-9A-HJ-NPQRTUWXY]{18}|[0-9]{15}|[0-9]{13}"
    case .postcode: "[0-9]{6}"
    default: nil
    }
  }

  func notation(_ size: FieldSize) -> String {
    switch identifier {
    case .creditCode, .creditOrRegistration: "c18"
    case .postcode: "c6"
    default: "c"
    }
  }

  func note(timeZone: String) -> LocalizedText? {
    switch identifier {
    case .creditCode: LocalizedText(zh: "GB 32100，校验码", en: "GB 32100, check character")
    case .creditOrRegistration: LocalizedText(zh: "GB 32100，或 15 位注册号", en: "GB 32100, or 15 digits")
    default: nil
    }
  }
}
