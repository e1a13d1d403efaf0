import ElementCore

/// V1125: A code kept as a number.
enum CodeAsNumber {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1125"), symbol: "CODE_AS_NUMBER", severity: .info,
    title: LocalizedText(zh: "代码以数值保存", en: "A code kept as a number"),
    message: LocalizedText(
      zh: "“{header}”以数值保存，已按原样读取",
      en: "\"{header}\" is kept as a number and was read as it stands"),
    rationale: LocalizedText(
      zh: "代码不是数：以数值保存会丢失前面的 0，超过 15 位还会丢失末几位。",
      en: "A code is no number: kept as one it loses its leading zeros, and beyond 15 digits its last ones."),
    fix: LocalizedText(
      zh: "无需处理；建议把这一列设为文本格式。",
      en: "Nothing to do; better format the column as text."),
    source: "identifiers §0")
}
