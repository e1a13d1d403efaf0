import ElementCore

/// N0009: Invisible characters removed.
enum FixInvisible {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0009"), symbol: "FIX_INVISIBLE", severity: .warning,
    title: LocalizedText(zh: "去掉不可见字符", en: "Invisible characters removed"),
    message: LocalizedText(
      zh: "“{header}”中的不可见字符已去掉",
      en: "Invisible characters in \"{header}\" were removed"),
    rationale: LocalizedText(
      zh: "不可见字符会让同一个人看起来像两个人。",
      en: "Invisible characters make one person look like two."),
    fix: LocalizedText(
      zh: "请核对更正后的值；原值保存在修正记录中。",
      en: "Check the repaired value; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示\u{200B}例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
