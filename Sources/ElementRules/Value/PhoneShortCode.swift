import ElementCore

/// V1311: A service number.
enum PhoneShortCode {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1311"), symbol: "PHONE_SHORT_CODE", severity: .warning,
    title: LocalizedText(zh: "服务号码", en: "A service number"),
    message: LocalizedText(
      zh: "“{header}”是服务号码，不是个人电话",
      en: "\"{header}\" is a service number, not a person's"),
    rationale: LocalizedText(
      zh: "110、12345、400 等号码不能联系到本人。",
      en: "110, 12345 or 400 numbers do not reach the person."),
    fix: LocalizedText(
      zh: "填写本人电话。",
      en: "Give the person's own number."),
    source: "identifiers §D.7",
    failing: [RuleExample("公民身份号码,姓名,联系电话\n11010519491231002X,示例甲,12345")],
    passing: [RuleExample("公民身份号码,姓名,联系电话\n11010519491231002X,示例甲,13912345678")])
}
