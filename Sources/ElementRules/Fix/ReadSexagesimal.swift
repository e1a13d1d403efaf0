import ElementCore

/// N0104: Minutes and seconds made a fraction.
enum ReadSexagesimal {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0104"), symbol: "READ_SEXAGESIMAL", severity: .info,
    title: LocalizedText(zh: "度分秒换算为度", en: "Minutes and seconds made a fraction"),
    message: LocalizedText(
      zh: "“{header}”的度分秒已换算为小数",
      en: "The minutes and seconds of \"{header}\" were made a fraction"),
    rationale: LocalizedText(
      zh: "坐标以小数度保存。",
      en: "Coordinates are kept in decimal degrees."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §D.12",
    failing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,120°33′51″,32°23′16″", dataset: "house")],
    passing: [RuleExample("房屋编号,房屋地址,经度,纬度\nF1,示例路1号,120.5643,32.3878", dataset: "house")])
}
