import ElementCore

/// V1401: No longitude or latitude.
enum CoordinateRange {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1401"), symbol: "COORDINATE_RANGE", severity: .error,
    title: LocalizedText(zh: "经纬度超出范围", en: "No longitude or latitude"),
    message: LocalizedText(
      zh: "“{header}”不是经度或纬度",
      en: "\"{header}\" is no longitude or latitude"),
    rationale: LocalizedText(
      zh: "经度在 ±180 之间，纬度在 ±90 之间。",
      en: "Longitudes lie within ±180, latitudes within ±90."),
    fix: LocalizedText(
      zh: "核对坐标。",
      en: "Check the coordinate."),
    source: "identifiers §D.12",
    failing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,920.5643,32.3878", dataset: "house")],
    passing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,120.5643,32.3878", dataset: "house")])
}
