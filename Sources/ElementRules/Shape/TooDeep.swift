import ElementCore

/// S0113: A value nested too deep.
enum TooDeep {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0113"), symbol: "NESTED_TOO_DEEP", severity: .error,
    title: LocalizedText(zh: "嵌套太深", en: "A value nested too deep"),
    message: LocalizedText(
      zh: "这条记录的嵌套超过上限（depth）",
      en: "This record is nested deeper than the limit (depth)"),
    rationale: LocalizedText(
      zh: "名册的记录只有一两层；嵌套很深的多半是损坏或恶意的文件。",
      en: "Records of a roster have one level or two; deep nesting mostly means a damaged or hostile file."),
    fix: LocalizedText(
      zh: "请提供方核实；确属名册的，用 --limit depth=… 放宽。",
      en: "Ask the sender; if it is a roster, raise the limit with --limit depth=…."),
    source: "reliability T4")
}
