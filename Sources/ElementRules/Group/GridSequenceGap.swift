package import ElementCore

/// G2102: A gap in the sequences of grids.
package enum GridSequenceGap {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("G2102"), symbol: "GRID_SEQUENCE_GAP", severity: .info,
    title: LocalizedText(zh: "网格顺序码有空缺", en: "A gap in the sequences of grids"),
    message: LocalizedText(
      zh: "“{header}”：本社区缺少顺序码 {missing}",
      en: "\"{header}\": sequence {missing} of the community is missing"),
    rationale: LocalizedText(
      zh: "顺序码从 1 起连续编排，空缺多为漏报。",
      en: "Sequences run from one; a gap is mostly a grid that was left out."),
    fix: LocalizedText(
      zh: "核对是否漏报网格。",
      en: "See whether a grid was left out."),
    source: "CJ/T 349-2010 clause 5.7",
    failing: [RuleExample("网格编码,网格名称\n01000032068200100101,第一网格\n01000032068200100103,第三网格", dataset: "grid")],
    passing: [RuleExample("网格编码,网格名称\n01000032068200100101,第一网格\n01000032068200100102,第二网格", dataset: "grid")])
}
