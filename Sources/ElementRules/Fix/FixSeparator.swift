import ElementCore

/// N0004: Separators removed.
enum FixSeparator {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0004"), symbol: "FIX_SEPARATOR", severity: .info,
    title: LocalizedText(zh: "去掉分隔符", en: "Separators removed"),
    message: LocalizedText(
      zh: "“{header}”中的空格或连字符已去掉",
      en: "Spaces or hyphens in \"{header}\" were removed"),
    rationale: LocalizedText(
      zh: "号码中间的空格和连字符只为好读。",
      en: "Spaces and hyphens inside a number are for reading only."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n110105 19491231 002X,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
