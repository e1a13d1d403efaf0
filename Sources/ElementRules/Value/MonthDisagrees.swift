import ElementCore

/// V1320: A month of birth that the citizen number contradicts.
enum MonthDisagrees {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1320"), symbol: "MONTH_DISAGREES", severity: .error,
    title: LocalizedText(zh: "出生年月与公民身份号码不符", en: "A month of birth that the citizen number contradicts"),
    message: LocalizedText(
      zh: "“{header}”只有年月，且与公民身份号码中的出生日期不符",
      en: "\"{header}\" has year and month only, and the citizen number says another month"),
    rationale: LocalizedText(
      zh: "身份号码第 7 至 14 位是出生日期；两者不符，必有一处录错。",
      en: "Digits 7 to 14 of the number are the date of birth: one of the two is wrong."),
    fix: LocalizedText(
      zh: "核对证件，改正出生年月或号码。",
      en: "Look at the document and correct the month or the number."),
    source: "GB 11643-1999 5.2",
    failing: [RuleExample("公民身份号码,姓名,出生年月\n11010519491231002X,示例甲,1949.11")],
    passing: [RuleExample("公民身份号码,姓名,出生年月\n11010519491231002X,示例甲,1949.12")], waivability: .never)
}
