import ElementCore

/// N0003: Made upper case.
enum FixCase {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0003"), symbol: "FIX_CASE", severity: .info,
    title: LocalizedText(zh: "转为大写", en: "Made upper case"),
    message: LocalizedText(
      zh: "“{header}”的字母已转为大写",
      en: "Letters of \"{header}\" were made upper case"),
    rationale: LocalizedText(
      zh: "身份号码末位的 x 应为大写。",
      en: "The x of a citizen number is upper case."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002x,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
