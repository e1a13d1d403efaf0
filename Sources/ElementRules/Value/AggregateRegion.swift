import ElementCore

/// V1110: An aggregate division.
enum AggregateRegion {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1110"), symbol: "REGION_AGGREGATE", severity: .info,
    title: LocalizedText(zh: "汇总区划", en: "An aggregate division"),
    message: LocalizedText(
      zh: "“{header}”含有市辖区等汇总代码（{count} 行）",
      en: "\"{header}\" holds aggregate codes such as “市辖区” ({count} rows)"),
    rationale: LocalizedText(
      zh: "市辖区等汇总代码见于真实证件，但不在民政部的区划表中。",
      en: "Aggregates stand on real cards but not in the ministry's lists."),
    fix: LocalizedText(
      zh: "无需处理。",
      en: "Nothing to do."),
    source: "identifiers §C.3",
    failing: [RuleExample("公民身份号码,姓名\n440401190001010017,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")],
    aboutReferenceData: true)
}
