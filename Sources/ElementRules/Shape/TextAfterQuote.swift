import ElementCore

/// S0105: Text after a closing quote.
enum TextAfterQuote {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0105"), symbol: "TEXT_AFTER_QUOTE", severity: .error,
    title: LocalizedText(zh: "引号后有多余内容", en: "Text after a closing quote"),
    message: LocalizedText(
      zh: "双引号结束之后还有内容{reason}",
      en: "There is text behind a closing double quote{reason}"),
    rationale: LocalizedText(
      zh: "引号内的双引号没有写成两个，单元格的边界不明确。",
      en: "A double quote inside quotes was not doubled, so nobody can tell where the cell ends."),
    fix: LocalizedText(
      zh: "把单元格内的双引号写成两个，或删除。",
      en: "Double the quotes inside the cell, or remove them."),
    source: "RFC 4180 §2.7",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,\"示例\"甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,\"示例甲\"")])
}
