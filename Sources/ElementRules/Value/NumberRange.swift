import ElementCore

/// V1306: A number out of range.
enum NumberRange {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1306"), symbol: "NUMBER_RANGE", severity: .error,
    title: LocalizedText(zh: "数字超出范围", en: "A number out of range"),
    message: LocalizedText(
      zh: "“{header}”超出范围：{range}",
      en: "\"{header}\" is out of range: {range}"),
    rationale: LocalizedText(
      zh: "超出范围的数字多为录错或填错列。",
      en: "Numbers out of range are mostly slips or in the wrong column."),
    fix: LocalizedText(
      zh: "核对后改正。",
      en: "Check and correct it."),
    source: "datasets §2",
    failing: [RuleExample("网格编码,网格名称,户数\n01000032068200100100,第一网格,-3", dataset: "grid")],
    passing: [RuleExample("网格编码,网格名称,户数\n01000032068200100100,第一网格,0", dataset: "grid")], waivability: .whole)
}
