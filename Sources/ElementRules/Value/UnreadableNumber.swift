package import ElementCore

/// V1305: Not a number.
package enum UnreadableNumber {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("V1305"), symbol: "NUMBER_FORMAT", severity: .error,
    title: LocalizedText(zh: "不是数字", en: "Not a number"),
    message: LocalizedText(
      zh: "“{header}”不是{expected}",
      en: "\"{header}\" is not {expected}"),
    rationale: LocalizedText(
      zh: "数量、面积等项目只能填写数字，单位写在列名里。",
      en: "Counts and areas are plain numbers; units belong in the heading."),
    fix: LocalizedText(
      zh: "只填数字，去掉单位和千分号。",
      en: "Give the number alone, without units or separators."),
    source: "datasets §2",
    failing: [RuleExample("网格编码,网格名称,户数\n01000032068200100100,第一网格,约300", dataset: "grid")],
    passing: [RuleExample("网格编码,网格名称,户数\n01000032068200100100,第一网格,300", dataset: "grid")])
}
