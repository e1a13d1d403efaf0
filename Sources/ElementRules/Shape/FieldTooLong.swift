import ElementCore

/// S0107: A field over the limit.
enum FieldTooLong {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0107"), symbol: "FIELD_TOO_LONG", severity: .error,
    title: LocalizedText(zh: "单元格太长", en: "A field over the limit"),
    message: LocalizedText(
      zh: "有单元格超过 {expected} 字节的上限（fieldBytes）",
      en: "A field is longer than the limit of {expected} bytes (fieldBytes)"),
    rationale: LocalizedText(
      zh: "过长的单元格几乎总是漏了引号或换行。",
      en: "A field this long is nearly always a lost quote or line end."),
    fix: LocalizedText(
      zh: "检查这一行的引号和换行；确属名册的，用 --limit fieldBytes=… 放宽。",
      en: "Check the quotes and line ends of the row; if it is a roster, raise the limit with --limit fieldBytes=…."),
    source: "reliability T18")
}
