import ElementCore

/// S0104: An unterminated quote.
enum UnterminatedQuote {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0104"), symbol: "UNTERMINATED_QUOTE", severity: .error,
    title: LocalizedText(zh: "引号没有结束", en: "An unterminated quote"),
    message: LocalizedText(
      zh: "从本行开始的双引号没有正常结束，吞到第 {last} 行；下面各行已重新逐行读取",
      en:
        "The double quote that starts on this line does not end as it should and swallowed up to line {last}; the lines below were read again one by one"
    ),
    rationale: LocalizedText(
      zh: "没有结束的引号会把下面的行吞进同一个单元格；系统已从下一行重新读起。",
      en: "An open quote swallows the lines below; reading went on afresh with the next line."),
    fix: LocalizedText(
      zh: "给本行补上缺少的双引号，或删除多余的双引号。",
      en: "Add the missing double quote to this line, or remove the extra one."),
    source: "RFC 4180 §2.5",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,\"示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,\"示例甲\"")])
}
