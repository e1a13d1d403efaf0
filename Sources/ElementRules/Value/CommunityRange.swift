import ElementCore

/// V1202: A community outside its range.
enum CommunityRange {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1202"), symbol: "COMMUNITY_RANGE", severity: .error,
    title: LocalizedText(zh: "社区代码超出范围", en: "A community outside its range"),
    message: LocalizedText(
      zh: "“{header}”的社区代码应为 001 至 599，合并网格为 601 起",
      en: "The community in \"{header}\" must be 001 to 599, or 601 up for merged grids"),
    rationale: LocalizedText(
      zh: "000 和 600 不是社区代码；合并多个社区的网格从 601 起编。",
      en: "000 and 600 are no communities; grids of merged communities start at 601."),
    fix: LocalizedText(
      zh: "核对社区代码。",
      en: "Check the community code."),
    source: "CJ/T 349-2010 clause 5.6",
    failing: [
      RuleExample("网格编码,网格名称\n01000032068200100101,第一网格\n01000032068200100102,第二网格\n01000032068200100000,第三网格", dataset: "grid")
    ],
    passing: [RuleExample("网格编码,网格名称\n01000032068200100100,第一网格", dataset: "grid")], waivability: .whole)
}
