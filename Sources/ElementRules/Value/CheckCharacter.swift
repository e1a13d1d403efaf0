import ElementCore

/// V1103: A wrong check character.
enum CheckCharacter {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1103"), symbol: "CHECK_CHAR", severity: .error,
    title: LocalizedText(zh: "校验码不对", en: "A wrong check character"),
    message: LocalizedText(
      zh: "“{header}”校验码不对，号码有录入错误",
      en: "The check character of \"{header}\" is wrong: the number was mistyped"),
    rationale: LocalizedText(
      zh: "校验码能发现任何一位录错和相邻两位颠倒。系统不显示正确的校验码，因为补上它会把错号变成别人的号码。",
      en:
        "The check character catches every single wrong digit and every swap of neighbours. The right one is never shown: typing it would turn a wrong number into somebody else's."
    ),
    fix: LocalizedText(
      zh: "对照证件逐位核对整个号码。",
      en: "Compare the whole number with the document, digit by digit."),
    source: "GB 11643-1999 clause 4.2.3; ISO 7064 MOD 11-2",
    failing: [RuleExample("公民身份号码,姓名\n110105194912310021,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")], waivability: .single)
}
