import ElementCore

/// S0103: A NUL byte.
enum NulByte {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0103"), symbol: "NUL_BYTE", severity: .error,
    title: LocalizedText(zh: "含空字符", en: "A NUL byte"),
    message: LocalizedText(
      zh: "本行含有空字符（NUL）",
      en: "The row holds a NUL byte"),
    rationale: LocalizedText(
      zh: "空字符来自损坏的文件或错误的导出，后面的内容可能缺失。",
      en: "NUL bytes come from damaged files or faulty exports; content may be missing."),
    fix: LocalizedText(
      zh: "在原系统中重新导出这一行。",
      en: "Export the row again from its source."),
    source: "reliability T12",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示\u{0}例")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
