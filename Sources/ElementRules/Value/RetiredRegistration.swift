import ElementCore

/// V1123: A registration number instead of a credit code.
enum RetiredRegistration {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1123"), symbol: "REGISTRATION_RETIRED", severity: .warning,
    title: LocalizedText(zh: "是旧的工商注册号", en: "A registration number instead of a credit code"),
    message: LocalizedText(
      zh: "“{header}”是 15 位工商注册号，已由统一社会信用代码取代",
      en: "\"{header}\" is a registration number of 15 digits, which credit codes have replaced"),
    rationale: LocalizedText(
      zh: "2015 年起改用 18 位统一社会信用代码。",
      en: "Credit codes of 18 characters took their place in 2015."),
    fix: LocalizedText(
      zh: "对照营业执照改填统一社会信用代码。",
      en: "Give the credit code from the business licence."),
    source: "identifiers §D.6",
    failing: [RuleExample("统一社会信用代码,企业名称\n110108000000016,示例公司", dataset: "privateEnterprise")],
    passing: [RuleExample("统一社会信用代码,企业名称\n91320682MA0000015B,示例公司", dataset: "privateEnterprise")])
}
