import ElementCore

/// N0007: A country prefix removed.
enum FixPhonePrefix {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0007"), symbol: "FIX_PHONE_PREFIX", severity: .info,
    title: LocalizedText(zh: "去掉国家代码", en: "A country prefix removed"),
    message: LocalizedText(
      zh: "“{header}”的 +86 已去掉",
      en: "The +86 of \"{header}\" was removed"),
    rationale: LocalizedText(
      zh: "国内号码统一不带国家代码。",
      en: "Domestic numbers are kept without the country code."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名,联系电话\n11010519491231002X,示例甲,+8613912345678")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
