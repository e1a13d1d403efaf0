import ElementCore

/// N0013: Line breaks made one.
enum FixLineBreak {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0013"), symbol: "FIX_LINE_BREAK", severity: .info,
    title: LocalizedText(zh: "换行已统一", en: "Line breaks made one"),
    message: LocalizedText(
      zh: "“{header}”中的换行已统一",
      en: "Line breaks in \"{header}\" were made one kind"),
    rationale: LocalizedText(
      zh: "不同系统的换行符不同。",
      en: "Systems differ in their line breaks."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名,服务处所\n11010519491231002X,示例甲,\"某厂\r\n一车间\"")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
