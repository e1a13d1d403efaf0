import ElementCore

/// V1109: A division withdrawn before the birth.
enum RetiredBeforeBirth {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1109"), symbol: "REGION_RETIRED_BEFORE_BIRTH", severity: .warning,
    title: LocalizedText(zh: "出生前区划已撤销", en: "A division withdrawn before the birth"),
    message: LocalizedText(
      zh: "“{header}”的区划在出生之前已撤销",
      en: "\"{header}\" names a division that was withdrawn before the birth"),
    rationale: LocalizedText(
      zh: "号码按编号时的区划编制，不可能使用出生前已撤销的代码。",
      en: "Numbers are made with the code in force at the time, so this one cannot be right."),
    fix: LocalizedText(
      zh: "核对号码和出生日期。",
      en: "Check the number and the date of birth."),
    source: "identifiers §C.3",
    failing: [RuleExample("公民身份号码,姓名\n110103201501010014,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
