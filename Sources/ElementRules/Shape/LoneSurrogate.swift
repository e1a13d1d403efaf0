import ElementCore

/// S0110: Half a character.
enum LoneSurrogate {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0110"), symbol: "LONE_SURROGATE", severity: .error,
    title: LocalizedText(zh: "不完整的字符", en: "Half a character"),
    message: LocalizedText(
      zh: "这条记录含不完整的字符（单独的代理项 \\u）",
      en: "This record holds half a character (a lone surrogate \\u)"),
    rationale: LocalizedText(
      zh: "单独的代理项不是字符，多半是生僻字被截断或转换出错。",
      en: "A lone surrogate is no character: most often a rare ideograph was cut or converted wrongly."),
    fix: LocalizedText(
      zh: "从原系统重新导出。",
      en: "Export it again from the source."),
    source: "RFC 8259 section 8.2")
}
