import ElementCore

/// V1205: A merged grid that is subdivided.
enum MergedAndSplit {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1205"), symbol: "GRID_MERGED_AND_SPLIT", severity: .warning,
    title: LocalizedText(zh: "合并网格又细分", en: "A merged grid that is subdivided"),
    message: LocalizedText(
      zh: "“{header}”是合并网格，却又带有细分顺序码",
      en: "\"{header}\" is a merged grid and subdivided at once"),
    rationale: LocalizedText(
      zh: "合并多个社区的网格不再细分，顺序码应为 00。",
      en: "A grid of merged communities is not subdivided; its sequence is 00."),
    fix: LocalizedText(
      zh: "核对网格编码。",
      en: "Check the grid code."),
    source: "CJ/T 349-2010 clause 5.6, 5.7",
    failing: [
      RuleExample("网格编码,网格名称\n01000032068200100101,第一网格\n01000032068200100102,第二网格\n01000032068200160103,第三网格", dataset: "grid")
    ],
    passing: [RuleExample("网格编码,网格名称\n01000032068200100100,第一网格", dataset: "grid")])
}
