import ElementCore

/// Longitudes and latitudes in degrees, in a system that is declared: numbers do not tell which it is.
struct CoordinateType: TypeForm {
  static let names = ["coordinate"]
  static let attributes = ["axis", "crs"]

  let system: Coordinate.ReferenceSystem

  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType {
    guard let axis = try node.choice("axis", Coordinate.Axis.allCases) else {
      throw node.error(zh: "缺少 axis（longitude 或 latitude）", en: "axis is missing: longitude or latitude")
    }
    guard let system = try node.choice("crs", Coordinate.ReferenceSystem.allCases) else {
      throw node.error(zh: "缺少 crs（CGCS2000、WGS84、GCJ02 或 BD09）", en: "crs is missing: CGCS2000, WGS84, GCJ02 or BD09")
    }
    return .coordinate(axis, system)
  }

  var kind: ValueKind { .decimal }

  func pattern(digits: Int?) -> String? { "-?[0-9]+(\\.[0-9]+)?" }

  func notation(_ size: FieldSize) -> String { "n11,8" }

  func note(timeZone: String) -> LocalizedText? {
    LocalizedText(zh: "\(system.rawValue)，度", en: "\(system.rawValue), degrees")
  }
}
