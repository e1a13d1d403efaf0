import ElementCore

/// V1405: Zero degrees.
enum CoordinateZero {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1405"), symbol: "COORDINATE_ZERO", severity: .warning,
    title: LocalizedText(zh: "坐标为零", en: "Zero degrees"),
    message: LocalizedText(
      zh: "“{header}”为 0，没有定位",
      en: "\"{header}\" is zero: nothing was located"),
    rationale: LocalizedText(
      zh: "没有定位时常填 0。",
      en: "Zero often stands where nothing was located."),
    fix: LocalizedText(
      zh: "没有坐标请留空。",
      en: "Leave it empty where there is none."),
    source: "identifiers §D.12",
    failing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,0,0", dataset: "house")],
    passing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,120.5643,32.3878", dataset: "house")])
}
