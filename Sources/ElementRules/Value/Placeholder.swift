import ElementCore

/// V1121: A number that stands for none.
enum Placeholder {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1121"), symbol: "PLACEHOLDER", severity: .warning,
    title: LocalizedText(zh: "占位号码", en: "A number that stands for none"),
    message: LocalizedText(
      zh: "“{header}”像是占位用的号码",
      en: "\"{header}\" looks like a number that stands for none"),
    rationale: LocalizedText(
      zh: "全零或同一数字的号码不属于任何人。",
      en: "A number of one digit alone belongs to nobody."),
    fix: LocalizedText(
      zh: "填写真实号码，没有就留空。",
      en: "Give the true number, or leave it empty."),
    source: "identifiers §D.3, §D.5")
}
