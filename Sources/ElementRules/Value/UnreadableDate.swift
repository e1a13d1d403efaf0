import ElementCore

/// V1302: An unreadable date.
enum UnreadableDate {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1302"), symbol: "DATE_UNREADABLE", severity: .error,
    title: LocalizedText(zh: "无法识别的日期", en: "An unreadable date"),
    message: LocalizedText(
      zh: "“{header}”不是可识别的日期",
      en: "\"{header}\" is not a date that can be read"),
    rationale: LocalizedText(
      zh: "可识别 2008-08-08、20080808、2008/8/8、2008.8.8、2008年8月8日。",
      en: "Dates are read as 2008-08-08, 20080808, 2008/8/8, 2008.8.8 and “2008年8月8日”."),
    fix: LocalizedText(
      zh: "改写成 2008-08-08 的形式，必须写到日。",
      en: "Write it as 2008-08-08, down to the day."),
    source: "GB/T 7408.1-2023",
    failing: [RuleExample("公民身份号码,姓名,出生日期\n11010519491231002X,示例甲,1949年")],
    passing: [RuleExample("公民身份号码,姓名,出生日期\n11010519491231002X,示例甲,1949.12.31")])
}
