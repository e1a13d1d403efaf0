import ElementCore

/// V1313: A fixed line of another length than its area's.
enum PhoneAreaLength {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1313"), symbol: "PHONE_AREA_LENGTH", severity: .warning,
    title: LocalizedText(zh: "固定电话位数与区号不符", en: "A fixed line of another length than its area's"),
    message: LocalizedText(
      zh: "“{header}”的位数与区号不符",
      en: "\"{header}\" has another number of digits than its area"),
    rationale: LocalizedText(
      zh: "各区号的号码位数固定，七位或八位。",
      en: "Each area has numbers of seven or of eight digits."),
    fix: LocalizedText(
      zh: "核对区号和号码。",
      en: "Check area code and number."),
    source: "identifiers §D.7",
    failing: [RuleExample("公民身份号码,姓名,联系方式\n11010519491231002X,示例甲,0513-8123456")],
    passing: [RuleExample("公民身份号码,姓名,联系方式\n11010519491231002X,示例甲,0513-81234567")])
}
