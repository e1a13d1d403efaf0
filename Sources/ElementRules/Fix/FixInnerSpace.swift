import ElementCore

/// N0010: Spaces inside a name removed.
enum FixInnerSpace {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0010"), symbol: "FIX_INNER_SPACE", severity: .warning,
    title: LocalizedText(zh: "去掉字间空格", en: "Spaces inside a name removed"),
    message: LocalizedText(
      zh: "“{header}”字间的空格已去掉",
      en: "Spaces inside \"{header}\" were removed"),
    rationale: LocalizedText(
      zh: "两字名为对齐常插入空格。",
      en: "Names of two characters are often spaced for alignment."),
    fix: LocalizedText(
      zh: "请核对更正后的值；原值保存在修正记录中。",
      en: "Check the repaired value; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示　例")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
