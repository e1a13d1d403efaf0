import ElementCore

/// N0106: A month of birth, completed.
enum ReadMonth {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0106"), symbol: "READ_MONTH", severity: .info,
    title: LocalizedText(zh: "出生年月补到日", en: "A month of birth, completed"),
    message: LocalizedText(
      zh: "“{header}”只有年月，与公民身份号码相符，日由号码补全",
      en: "\"{header}\" has year and month only; they agree with the citizen number, which gives the day"),
    rationale: LocalizedText(
      zh: "模板常只要出生年月；身份号码第 7 至 14 位是出生日期。",
      en: "Templates often ask for the month only; digits 7 to 14 of the number are the date of birth."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "GB 11643-1999 5.2",
    failing: [RuleExample("公民身份号码,姓名,出生年月\n11010519491231002X,示例甲,1949.12")],
    passing: [RuleExample("公民身份号码,姓名,出生日期\n11010519491231002X,示例甲,1949-12-31")])
}
