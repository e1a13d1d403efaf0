import ElementCore

/// N0101: A date in another style.
enum ReadDateStyle {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0101"), symbol: "READ_DATE_STYLE", severity: .info,
    title: LocalizedText(zh: "日期写法", en: "A date in another style"),
    message: LocalizedText(
      zh: "“{header}”按日期读入，保存为 2008-08-08 的形式",
      en: "\"{header}\" was read as a date and is kept as 2008-08-08"),
    rationale: LocalizedText(
      zh: "日期写法不一，入库时统一。",
      en: "Dates come in many styles and are kept in one."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名,出生日期\n11010519491231002X,示例甲,1949/12/31")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
