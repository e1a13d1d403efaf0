import ElementCore

/// N0006: A look-alike replaced.
enum FixHomoglyph {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0006"), symbol: "FIX_HOMOGLYPH", severity: .warning,
    title: LocalizedText(zh: "形近字符已更正", en: "A look-alike replaced"),
    message: LocalizedText(
      zh: "“{header}”中的形近字符已更正，校验通过",
      en: "A look-alike in \"{header}\" was replaced; the check now passes"),
    rationale: LocalizedText(
      zh: "字母 O 与 0、乘号与 X 形近。只有替换后校验通过才更正。",
      en: "O looks like 0 and × like X. They are replaced only where the check then passes."),
    fix: LocalizedText(
      zh: "请核对更正后的值；原值保存在修正记录中。",
      en: "Check the repaired value; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002×,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
