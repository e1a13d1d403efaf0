import ElementCore

/// N0005: An apostrophe removed.
enum FixQuote {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0005"), symbol: "FIX_QUOTE", severity: .info,
    title: LocalizedText(zh: "去掉撇号", en: "An apostrophe removed"),
    message: LocalizedText(
      zh: "“{header}”前的撇号已去掉",
      en: "The apostrophe before \"{header}\" was removed"),
    rationale: LocalizedText(
      zh: "撇号是电子表格的文本标记，不是内容。",
      en: "The apostrophe is a spreadsheet's mark for text, not content."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n'11010519491231002X,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
