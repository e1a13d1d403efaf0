import ElementCore

/// V1308: Not a telephone number.
enum PhoneFormat {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1308"), symbol: "PHONE_FORMAT", severity: .error,
    title: LocalizedText(zh: "电话号码不对", en: "Not a telephone number"),
    message: LocalizedText(
      zh: "“{header}”不是有效的电话号码",
      en: "\"{header}\" is not a telephone number"),
    rationale: LocalizedText(
      zh: "手机号为 1 开头的 11 位数字，固定电话为区号加 7 或 8 位号码。",
      en: "A mobile number is 11 digits from 1; a fixed line is an area code and 7 or 8 digits."),
    fix: LocalizedText(
      zh: "核对后改正。",
      en: "Check and correct it."),
    source: "identifiers §D.7",
    failing: [RuleExample("公民身份号码,姓名,联系电话\n11010519491231002X,示例甲,138001380")],
    passing: [RuleExample("公民身份号码,姓名,联系电话\n11010519491231002X,示例甲,0513-81234567")], waivability: .whole)
}
