import ElementCore

/// V1118: A nationality that does not exist.
enum UnknownNationality {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1118"), symbol: "NATIONALITY_UNKNOWN", severity: .warning,
    title: LocalizedText(zh: "国籍代码不存在", en: "A nationality that does not exist"),
    message: LocalizedText(
      zh: "“{header}”中的国籍代码不存在",
      en: "\"{header}\" names a nationality that does not exist"),
    rationale: LocalizedText(
      zh: "外国人永久居留身份证第 4 至 6 位是国籍的数字代码。",
      en: "Digits 4 to 6 of a foreign permanent resident number are the nationality."),
    fix: LocalizedText(
      zh: "对照证件核对。",
      en: "Check the document."),
    source: "GB/T 2659; identifiers §D.2",
    failing: [RuleExample("公民身份号码,姓名\n911999190001010013,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
