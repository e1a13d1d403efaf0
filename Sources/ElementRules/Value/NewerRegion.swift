import ElementCore

/// V1111: A division newer than the table.
enum NewerRegion {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1111"), symbol: "REGION_NEWER_THAN_TABLE", severity: .info,
    title: LocalizedText(zh: "新设区划", en: "A division newer than the table"),
    message: LocalizedText(
      zh: "“{header}”含有近年新设、待核实的区划（{count} 行）",
      en: "\"{header}\" holds divisions newer than the last full table ({count} rows)"),
    rationale: LocalizedText(
      zh: "区划表的完整版本截至 2024 年，其后的调整待民政部核实。",
      en: "The last full table is of 2024; later changes await confirmation."),
    fix: LocalizedText(
      zh: "无需处理。",
      en: "Nothing to do."),
    source: "divisions patch",
    failing: [RuleExample("公民身份号码,姓名\n500157190001010019,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")],
    aboutReferenceData: true)
}
