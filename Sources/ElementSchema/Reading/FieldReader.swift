import ElementCore

/// Reads fields of a dataset.
enum FieldReader {
  private static let keys = [
    "name", "title", "english", "aliases", "type", "content", "set", "typeField", "legacy", "axis", "crs", "digits", "scale",
    "min", "max", "past", "birthDateOf", "length", "tells", "open", "versions", "duty", "sensitivity", "reason", "source",
    "confidence", "nothing",
  ]

  /// The field that a node describes.
  static func field(_ node: YAMLNode, setNames: Set<String>, layer: String) throws(SchemaError) -> Field {
    try node.allow(keys)
    let name = try node.required("name")
    let identifier = try name.text()
    guard isIdentifier(identifier) else {
      throw name.error(
        zh: "字段名应为小写字母开头的字母和数字（最多 63 个）", en: "a field name is a lower-case letter, then letters and digits, 63 at most")
    }
    return Field(
      name: identifier, title: try node.required("title").text(), english: try node.required("english").text(),
      aliases: try node.optional("aliases")?.texts() ?? [], type: try type(node, setNames),
      duty: try node.choice("duty", Duty.allCases) ?? .optional,
      sensitivity: try node.choice("sensitivity", Sensitivity.allCases) ?? .personal,
      length: try node.optional("length")?.integer(), digits: try node.optional("digits")?.integer(),
      scale: try node.optional("scale")?.integer(), minimum: try node.optional("min")?.integer(),
      maximum: try node.optional("max")?.integer(), isOpen: try node.optional("open")?.flag() ?? false,
      tells: try node.optional("tells")?.flag() ?? true,
      versions: try versions(node, setNames), past: try node.optional("past")?.flag() ?? false,
      birthDateOf: try node.optional("birthDateOf")?.text(),
      nothing: try node.choice("nothing", NothingPolicy.allCases) ?? .words,
      source: try node.required("source").text(), reason: try node.optional("reason")?.text() ?? "",
      confidence: try confidence(node),
      origin: SettingOrigin(layer: layer, file: node.file, line: node.line))
  }

  private static func versions(_ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> [String] {
    let list = try node.optional("versions")?.list() ?? []
    for item in list where !setNames.contains(try item.text()) {
      throw item.error(zh: "没有代码集 \(try item.text())", en: "there is no code set \(try item.text())")
    }
    return try node.optional("versions")?.texts() ?? []
  }

  /// Names become columns, so they are held to what SQL and JSON take without thinking (`reliability-and-privacy.md` T25).
  static func isIdentifier(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, (0x61...0x7A).contains(first), bytes.count <= 63 else { return false }
    return bytes.allSatisfy {
      (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
    }
  }

  private static func confidence(_ node: YAMLNode) throws(SchemaError) -> String {
    let value = try node.required("confidence")
    guard ["A", "B", "C", "D"].contains(try value.text()) else {
      throw value.error(zh: "可信度应为 A、B、C 或 D", en: "confidence is A, B, C or D")
    }
    return try value.text()
  }

  private static func type(_ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType {
    let value = try node.required("type")
    switch try value.text() {
    case "text": return .text(try node.choice("content", TextContent.allCases) ?? .free)
    case "integer": return .integer
    case "decimal": return .decimal
    case "boolean": return .boolean
    case "date": return .date
    case "dateTime": return .dateTime
    case "citizenId": return .citizenId
    case "divisionCode": return .divisionCode
    case "statisticalCode":
      if let digits = try node.optional("digits"), ![9, 12].contains(try digits.integer()) {
        throw digits.error(zh: "统计用区划代码为 9 位或 12 位", en: "a statistical code has 9 or 12 digits")
      }
      return .statisticalCode
    case "gridCode": return .gridCode
    case "phone": return .phone
    case "certNumber": return .certNumber(typeField: try node.required("typeField").text())
    case "uscc": return .identifier(try node.optional("legacy")?.flag() == true ? .creditOrRegistration : .creditCode)
    case "orgCode": return .identifier(.organizationCode)
    case "registrationNumber": return .identifier(.registrationNumber)
    case "postcode": return .identifier(.postcode)
    case "plate": return .identifier(.plate)
    case "realEstateUnit": return .identifier(.realEstateUnit)
    case "houseNumberCode": return .identifier(.houseNumberCode)
    case "coordinate": return try coordinate(node)
    case "code":
      let set = try node.required("set")
      guard setNames.contains(try set.text()) else {
        throw set.error(zh: "没有代码集 \(try set.text())", en: "there is no code set \(try set.text())")
      }
      return .code(set: try set.text())
    default:
      throw value.error(
        zh: "未知的类型 \(try value.text())",
        en: "unknown type \(try value.text()); expected text, integer, decimal, boolean, date, dateTime, code, "
          + "citizenId, divisionCode, statisticalCode, gridCode, phone, certNumber, uscc, orgCode, registrationNumber, "
          + "postcode, plate, realEstateUnit, houseNumberCode or coordinate")
    }
  }

  /// A coordinate says which of the two it is and in which system: numbers do not tell.
  private static func coordinate(_ node: YAMLNode) throws(SchemaError) -> FieldType {
    guard let axis = try node.choice("axis", Coordinate.Axis.allCases) else {
      throw node.error(zh: "缺少 axis（longitude 或 latitude）", en: "axis is missing: longitude or latitude")
    }
    guard let system = try node.choice("crs", Coordinate.ReferenceSystem.allCases) else {
      throw node.error(zh: "缺少 crs（CGCS2000、WGS84、GCJ02 或 BD09）", en: "crs is missing: CGCS2000, WGS84, GCJ02 or BD09")
    }
    return .coordinate(axis, system)
  }
}
