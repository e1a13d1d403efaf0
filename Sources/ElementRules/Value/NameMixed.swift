import ElementCore

/// V1018: Digits or letters in a name.
enum NameMixed {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1018"), symbol: "NAME_MIXED", severity: .warning,
    title: LocalizedText(zh: "姓名中混有数字或字母", en: "Digits or letters in a name"),
    message: LocalizedText(
      zh: "“{header}”中混有数字或字母",
      en: "\"{header}\" mixes characters with digits or letters"),
    rationale: LocalizedText(
      zh: "多为序号、备注或输入法误输入。",
      en: "Mostly a number, a note or a slip of the input method."),
    fix: LocalizedText(
      zh: "核对姓名，把备注移到别的列。",
      en: "Check the name and move notes elsewhere."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例2")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
