import ElementCore

/// V1404: A place outside China.
enum CoordinateOutside {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1404"), symbol: "COORDINATE_OUTSIDE", severity: .warning,
    title: LocalizedText(zh: "坐标在境外", en: "A place outside China"),
    message: LocalizedText(
      zh: "“{header}”不在我国范围内",
      en: "\"{header}\" lies outside China"),
    rationale: LocalizedText(
      zh: "台账中的地点都在境内。",
      en: "The places of a roster lie in China."),
    fix: LocalizedText(
      zh: "核对坐标。",
      en: "Check the coordinate."),
    source: "identifiers §D.12",
    failing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,150.5643,32.3878", dataset: "house")],
    passing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,120.5643,32.3878", dataset: "house")])
}
