import ElementCore

/// V1406: A coarse coordinate.
enum CoordinateCoarse {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1406"), symbol: "COORDINATE_COARSE", severity: .info,
    title: LocalizedText(zh: "坐标精度低", en: "A coarse coordinate"),
    message: LocalizedText(
      zh: "“{header}”小数不足四位，误差在百米以上",
      en: "\"{header}\" has fewer than four decimal places: a hundred metres and more"),
    rationale: LocalizedText(
      zh: "四位小数约合十米。",
      en: "Four decimal places are about ten metres."),
    fix: LocalizedText(
      zh: "有条件时补充精度。",
      en: "Measure again where it matters."),
    source: "identifiers §D.12",
    failing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,120.5,32.4", dataset: "house")],
    passing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,120.5643,32.3878", dataset: "house")])
}
