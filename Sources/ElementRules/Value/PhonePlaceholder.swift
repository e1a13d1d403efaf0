import ElementCore

/// V1310: A placeholder number.
enum PhonePlaceholder {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1310"), symbol: "PHONE_PLACEHOLDER", severity: .warning,
    title: LocalizedText(zh: "占位电话", en: "A placeholder number"),
    message: LocalizedText(
      zh: "“{header}”像是随手填的号码",
      en: "\"{header}\" looks like a placeholder"),
    rationale: LocalizedText(
      zh: "全是同一数字的号码多为凑数。",
      en: "Numbers of one repeated digit are mostly made up."),
    fix: LocalizedText(
      zh: "走访时补采真实号码。",
      en: "Collect the real number at the next visit."),
    source: "identifiers §D.7",
    failing: [RuleExample("公民身份号码,姓名,联系电话\n11010519491231002X,示例甲,13800000000")],
    passing: [RuleExample("公民身份号码,姓名,联系电话\n11010519491231002X,示例甲,13912345678")])
}
