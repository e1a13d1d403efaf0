import ElementCore

/// V1001: A key is missing.
enum KeyMissing {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1001"), symbol: "KEY_MISSING", severity: .error,
    title: LocalizedText(zh: "缺少主键", en: "A key is missing"),
    message: LocalizedText(
      zh: "“{header}”不能为空{otherwise}",
      en: "\"{header}\" must not be empty{otherwise}"),
    rationale: LocalizedText(
      zh: "没有主键（对人还包括姓名）就无法识别这条记录。",
      en: "Without its key, and for people the name, a record cannot be told from others."),
    fix: LocalizedText(
      zh: "补填“{header}”后重新导入这一行。",
      en: "Fill in \"{header}\" and load the row again."),
    source: "architecture §3",
    failing: [RuleExample("公民身份号码,姓名\n,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
