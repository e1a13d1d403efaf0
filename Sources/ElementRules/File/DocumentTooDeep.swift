import ElementCore

/// F0204: A document nested too deep.
enum DocumentTooDeep {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0204"), symbol: "DOCUMENT_TOO_DEEP", severity: .error,
    title: LocalizedText(zh: "文档嵌套太深", en: "A document nested too deep"),
    message: LocalizedText(
      zh: "XML 的嵌套超过上限（depth）",
      en: "The XML is nested deeper than the limit (depth)"),
    rationale: LocalizedText(
      zh: "嵌套很深的文档多半损坏或有恶意；JSON 的一个值嵌套太深时只影响所在的记录（S0113）。",
      en: "Deep nesting mostly means a damaged or hostile file; of JSON only the record with such a value waits (S0113)."),
    fix: LocalizedText(
      zh: "请提供方核实；确属名册的，用 --limit depth=… 放宽。",
      en: "Ask the sender; if it is a roster, raise the limit with --limit depth=…."),
    source: "reliability T4", refusesFile: true)
}
