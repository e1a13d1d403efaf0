import ElementCore

/// V1019: A spelt-out rare character.
enum RareCharacterPlaceholder {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1019"), symbol: "RARE_CHAR_PLACEHOLDER", severity: .warning,
    title: LocalizedText(zh: "生僻字用拼字代替", en: "A spelt-out rare character"),
    message: LocalizedText(
      zh: "“{header}”用符号或括号拼写生僻字",
      en: "\"{header}\" spells a rare character with symbols or brackets"),
    rationale: LocalizedText(
      zh: "拼字不能与证件比对。",
      en: "A spelt-out character cannot be compared with the document."),
    fix: LocalizedText(
      zh: "用支持 GB 18030-2022 的输入法录入原字。",
      en: "Type the character with an input method for GB 18030-2022."),
    source: "identifiers §E.2",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示⿰韦华")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
