import ElementCore

/// V1112: A division of statistics only.
enum StatisticsOnlyRegion {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1112"), symbol: "STAT_ONLY_ZONE", severity: .info,
    title: LocalizedText(zh: "统计专用区划", en: "A division of statistics only"),
    message: LocalizedText(
      zh: "“{header}”含有统计专用的开发区代码（{count} 行）",
      en: "\"{header}\" holds codes that statistics alone use ({count} rows)"),
    rationale: LocalizedText(
      zh: "71 至 80 为统计汇总码，不是行政区划。",
      en: "Counties 71 to 80 are summary codes of development zones."),
    fix: LocalizedText(
      zh: "无需处理；需要行政区划时改用所在县的代码。",
      en: "Nothing to do; where an administrative code is needed, use the county's."),
    source: "国统字〔2009〕91号",
    failing: [
      RuleExample("网格编码,网格名称\n01000032068200100101,第一网格\n01000032068200100102,第二网格\n01000032067100100100,第三网格", dataset: "grid")
    ],
    passing: [RuleExample("网格编码,网格名称\n01000032068200100100,第一网格", dataset: "grid")],
    aboutReferenceData: true)
}
