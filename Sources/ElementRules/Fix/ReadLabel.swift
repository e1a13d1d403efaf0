import ElementCore

/// N0102: A label read as its code.
enum ReadLabel {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0102"), symbol: "READ_LABEL", severity: .info,
    title: LocalizedText(zh: "名称读作代码", en: "A label read as its code"),
    message: LocalizedText(
      zh: "“{header}”的名称已读作代码",
      en: "The label of \"{header}\" was read as its code"),
    rationale: LocalizedText(
      zh: "表格中填名称，台账库中存代码。",
      en: "Forms carry labels, the warehouse codes."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名,性别\n11010519491231002X,示例甲,女")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
