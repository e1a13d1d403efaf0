import ElementCore

/// V1104: No such day.
enum InvalidDate {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1104"), symbol: "DATE", severity: .error,
    title: LocalizedText(zh: "日期不存在", en: "No such day"),
    message: LocalizedText(
      zh: "“{header}”中的日期不存在",
      en: "\"{header}\" holds a day that does not exist"),
    rationale: LocalizedText(
      zh: "日历上没有这一天，年月日至少有一处录错。",
      en: "The calendar has no such day, so a part of it is wrong."),
    fix: LocalizedText(
      zh: "对照证件改正。",
      en: "Correct it from the document."),
    source: "GB/T 7408.1-2023",
    failing: [
      RuleExample("公民身份号码,姓名\n110105194902310026,示例甲"), RuleExample("公民身份号码,姓名,出生日期\n11010519491231002X,示例甲,1949-13-31"),
    ],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
