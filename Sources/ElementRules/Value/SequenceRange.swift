import ElementCore

/// V1204: A sequence outside its range.
enum SequenceRange {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1204"), symbol: "SEQ_RANGE", severity: .error,
    title: LocalizedText(zh: "网格顺序码超出范围", en: "A sequence outside its range"),
    message: LocalizedText(
      zh: "“{header}”的顺序码超出范围",
      en: "The sequence in \"{header}\" lies outside its range"),
    rationale: LocalizedText(
      zh: "顺序码从 1 开始编。",
      en: "Sequences start at one."),
    fix: LocalizedText(
      zh: "核对网格顺序码。",
      en: "Check the sequence."),
    source: "identifiers §B.1", waivability: .whole)
}
