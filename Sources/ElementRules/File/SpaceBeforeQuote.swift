import ElementCore

/// F0120: Blanks before quotes.
enum SpaceBeforeQuote {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0120"), symbol: "SPACE_BEFORE_QUOTE", severity: .info,
    title: LocalizedText(zh: "引号前有空格", en: "Blanks before quotes"),
    message: LocalizedText(
      zh: "有 {count} 个字段的引号前有空格，已按加引号的字段读取，第一个在第 {line} 行",
      en: "{count} fields have blanks before their quotes and were read as quoted ones, the first on line {line}"),
    rationale: LocalizedText(
      zh: "分隔符后多写了空格；不去掉，姓名和地址就会带上引号，其中的逗号也会把一列拆成两列。",
      en:
        "Blanks behind a delimiter are layout; kept, names would carry the quotes, and a comma inside would part one column into two."
    ),
    fix: LocalizedText(
      zh: "无需处理；请让提供方导出时不要在分隔符后加空格。",
      en: "Nothing to do; ask the sender to write no blank behind delimiters."),
    source: "RFC 4180 §2",
    failing: [RuleExample("公民身份号码,姓名,户籍地址\n11010519491231002X,示例甲, \"示例路1号,2室\"")],
    passing: [RuleExample("公民身份号码,姓名,户籍地址\n11010519491231002X,示例甲,\"示例路1号,2室\"")])
}
