import ElementCore

/// F0205: An element with too many attributes.
enum TooManyAttributes {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0205"), symbol: "TOO_MANY_ATTRIBUTES", severity: .error,
    title: LocalizedText(zh: "属性太多", en: "An element with too many attributes"),
    message: LocalizedText(
      zh: "一个 XML 元素的属性超过上限（attributes）",
      en: "An XML element has more attributes than the limit (attributes)"),
    rationale: LocalizedText(
      zh: "一个元素的属性成千上万时，解析会变得很慢。",
      en: "Thousands of attributes in one element make parsers slow."),
    fix: LocalizedText(
      zh: "请提供方核实；确属名册的，用 --limit attributes=… 放宽。",
      en: "Ask the sender; if it is a roster, raise the limit with --limit attributes=…."),
    source: "reliability T5", refusesFile: true)
}
