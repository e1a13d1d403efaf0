package import ElementCore

/// G2103: A gap in the codes of merged grids.
package enum GridMergedGap {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("G2103"), symbol: "GRID_MERGED_GAP", severity: .info,
    title: LocalizedText(zh: "合并网格编号有空缺", en: "A gap in the codes of merged grids"),
    message: LocalizedText(
      zh: "“{header}”：本乡镇缺少合并编号 {missing}",
      en: "\"{header}\": merged code {missing} of the township is missing"),
    rationale: LocalizedText(
      zh: "合并多个社区的网格从 601 起连续编号。",
      en: "Grids of merged communities are numbered from 601 on."),
    fix: LocalizedText(
      zh: "核对是否漏报网格。",
      en: "See whether a grid was left out."),
    source: "CJ/T 349-2010 clause 5.6",
    failing: [RuleExample("网格编码,网格名称\n01000032068200160200,第一网格", dataset: "grid")],
    passing: [RuleExample("网格编码,网格名称\n01000032068200160100,第一网格", dataset: "grid")])
}
