import ElementCore

/// V1403: Longitude and latitude look swapped.
enum CoordinateSwapped {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1403"), symbol: "COORDINATE_SWAPPED", severity: .warning,
    title: LocalizedText(zh: "经纬度可能颠倒", en: "Longitude and latitude look swapped"),
    message: LocalizedText(
      zh: "“{header}”可能与另一列颠倒",
      en: "\"{header}\" looks swapped with the other coordinate"),
    rationale: LocalizedText(
      zh: "我国经度 73 至 136，纬度 3 至 54。",
      en: "China lies between 73 and 136 east and 3 and 54 north."),
    fix: LocalizedText(
      zh: "核对两列是否填反。",
      en: "See whether the two columns were swapped."),
    source: "identifiers §D.12",
    failing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,32.3878,120.5643", dataset: "house")],
    passing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,120.5643,32.3878", dataset: "house")])
}
