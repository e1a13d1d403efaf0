package import ElementCore

/// G2101: A community that is one grid and several.
package enum GridWholeAndSplit {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("G2101"), symbol: "GRID_WHOLE_AND_SPLIT", severity: .error,
    title: LocalizedText(zh: "社区既未细分又已细分", en: "A community that is one grid and several"),
    message: LocalizedText(
      zh: "“{header}”：同一社区既有未细分的网格（00），又有细分的网格（另见第 {others} 行）",
      en: "\"{header}\": the community is one grid (00) and several at once (see also lines {others})"),
    rationale: LocalizedText(
      zh: "未细分的社区顺序码为 00；细分后从 01 编起，不再有 00。",
      en: "A community that is not subdivided has sequence 00; one that is has sequences from 01."),
    fix: LocalizedText(
      zh: "删去 00 的网格，或取消细分。",
      en: "Drop the grid with 00, or the others."),
    source: "CJ/T 349-2010 clause 5.7",
    failing: [RuleExample("网格编码,网格名称\n01000032068200100100,第一网格\n01000032068200100101,第二网格", dataset: "grid")],
    passing: [RuleExample("网格编码,网格名称\n01000032068200100101,第一网格\n01000032068200100102,第二网格", dataset: "grid")])
}
