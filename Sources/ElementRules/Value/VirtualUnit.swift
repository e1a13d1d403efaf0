import ElementCore

/// V1207: A virtual unit.
enum VirtualUnit {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1207"), symbol: "VIRTUAL_UNIT", severity: .info,
    title: LocalizedText(zh: "统计虚拟单位", en: "A virtual unit"),
    message: LocalizedText(
      zh: "“{header}”含有统计用的虚拟社区（{count} 行）",
      en: "\"{header}\" holds virtual units of the statistics ({count} rows)"),
    rationale: LocalizedText(
      zh: "498 和 598 是统计用的虚拟单位。",
      en: "498 and 598 are virtual units of the statistics."),
    fix: LocalizedText(
      zh: "无需处理。",
      en: "Nothing to do."),
    source: "国统字〔2009〕91号",
    failing: [RuleExample("网格编码,网格名称,村（社区）代码\n01000032068200100100,第一网格,320682001498", dataset: "grid")],
    passing: [RuleExample("网格编码,网格名称\n01000032068200100100,第一网格", dataset: "grid")],
    aboutReferenceData: true)
}
