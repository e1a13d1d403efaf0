import ElementCore

/// V1015: A private-use character.
enum PrivateUse {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1015"), symbol: "PUA_UNMAPPED", severity: .error,
    title: LocalizedText(zh: "自造字", en: "A private-use character"),
    message: LocalizedText(
      zh: "“{header}”含有自造字，其他系统无法显示",
      en: "\"{header}\" holds a private-use character that other systems cannot show"),
    rationale: LocalizedText(
      zh: "自造字只在造字的那台机器上有意义。",
      en: "A private-use character means something only on the machine that made it."),
    fix: LocalizedText(
      zh: "查出对应的标准汉字（GB 18030-2022）后改录。",
      en: "Find the standard character (GB 18030-2022) and type that."),
    source: "identifiers §E.3",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示\u{E000}")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
