import ElementCore

/// V1402: Metres of a projection, not degrees.
enum CoordinateProjected {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1402"), symbol: "COORDINATE_PROJECTED", severity: .error,
    title: LocalizedText(zh: "是投影坐标，不是经纬度", en: "Metres of a projection, not degrees"),
    message: LocalizedText(
      zh: "“{header}”是投影坐标（米），应为经纬度（度）",
      en: "\"{header}\" is in metres of a projection; degrees are asked for"),
    rationale: LocalizedText(
      zh: "投影坐标要知道分带才能换算，程序不猜。",
      en: "A projection can be undone only where its zone is known."),
    fix: LocalizedText(
      zh: "请测绘人员导出经纬度。",
      en: "Ask the surveyors for degrees."),
    source: "identifiers §D.12",
    failing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,40553210.25,3585210.75", dataset: "house")],
    passing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,120.5643,32.3878", dataset: "house")])
}
