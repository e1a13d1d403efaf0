import ElementCore

/// V1105: A day in the future.
enum FutureDate {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1105"), symbol: "DATE_FUTURE", severity: .error,
    title: LocalizedText(zh: "日期在将来", en: "A day in the future"),
    message: LocalizedText(
      zh: "“{header}”晚于今天",
      en: "\"{header}\" lies after today"),
    rationale: LocalizedText(
      zh: "出生等已发生的日期不会晚于今天。",
      en: "What has happened cannot lie in the future."),
    fix: LocalizedText(
      zh: "核对年份。",
      en: "Check the year."),
    source: "GB/T 7408.1-2023",
    failing: [RuleExample("公民身份号码,姓名\n110105209912310010,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")], waivability: .whole)
}
