import ElementCore

/// V1201: A township outside its range.
enum TownRange {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1201"), symbol: "TOWN_RANGE", severity: .error,
    title: LocalizedText(zh: "街道代码超出范围", en: "A township outside its range"),
    message: LocalizedText(
      zh: "“{header}”的街道（乡镇）代码应在 001 至 599 之间",
      en: "The township in \"{header}\" must lie between 001 and 599"),
    rationale: LocalizedText(
      zh: "街道、乡镇代码按 GB/T 10114 只用 001 至 599。",
      en: "GB/T 10114 uses 001 to 599 only."),
    fix: LocalizedText(
      zh: "核对街道代码。",
      en: "Check the township code."),
    source: "GB/T 10114-2003; CJ/T 349-2010 clause 5",
    failing: [
      RuleExample("网格编码,网格名称\n01000032068200100101,第一网格\n01000032068200100102,第二网格\n01000032068260000100,第三网格", dataset: "grid")
    ],
    passing: [RuleExample("网格编码,网格名称\n01000032068200100100,第一网格", dataset: "grid")], waivability: .whole)
}
