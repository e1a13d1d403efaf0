import ElementCore

/// V1107: A division that never existed.
enum UnknownRegion {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1107"), symbol: "REGION_UNKNOWN", severity: .warning,
    title: LocalizedText(zh: "区划代码不存在", en: "A division that never existed"),
    message: LocalizedText(
      zh: "“{header}”的区划代码从未启用",
      en: "\"{header}\" names a division that was never assigned"),
    rationale: LocalizedText(
      zh: "号码中的县级代码在历年区划表中都没有。",
      en: "The county code stands in no list of any year."),
    fix: LocalizedText(
      zh: "核对号码；确实存在的请告知维护人员更新区划表。",
      en: "Check the number; if it is right, the table of divisions needs an update."),
    source: "GB/T 2260",
    failing: [RuleExample("公民身份号码,姓名\n11019919000101001X,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
