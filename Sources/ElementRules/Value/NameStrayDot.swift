import ElementCore

/// V1021: A stray dot in a name.
enum NameStrayDot {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1021"), symbol: "NAME_STRAY_DOT", severity: .warning,
    title: LocalizedText(zh: "姓名中有多余的间隔号", en: "A stray dot in a name"),
    message: LocalizedText(
      zh: "“{header}”的间隔号前后有空格、重复，或在开头结尾",
      en: "\"{header}\" has a dot that is doubled, stands at an end or beside blanks"),
    rationale: LocalizedText(
      zh: "间隔号写法不一，同一个人会被当成两个人。",
      en: "With dots written in several ways one person is taken for two."),
    fix: LocalizedText(
      zh: "两段之间只写一个“·”，前后不留空格。",
      en: "Write one “·” between two parts, without blanks."),
    source: "GB/T 15834; identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例·")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例·甲")])
}
