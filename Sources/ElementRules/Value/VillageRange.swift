import ElementCore

/// V1203: A village outside its range.
enum VillageRange {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1203"), symbol: "VILLAGE_RANGE", severity: .error,
    title: LocalizedText(zh: "村级代码超出范围", en: "A village outside its range"),
    message: LocalizedText(
      zh: "“{header}”的村（社区）代码应在 001 至 599 之间",
      en: "The village in \"{header}\" must lie between 001 and 599"),
    rationale: LocalizedText(
      zh: "统计用区划代码的村级部分只用 001 至 599。",
      en: "The village part of a statistical code uses 001 to 599 only."),
    fix: LocalizedText(
      zh: "核对村（社区）代码。",
      en: "Check the village code."),
    source: "国统字〔2009〕91号",
    failing: [RuleExample("网格编码,网格名称,村（社区）代码\n01000032068200100100,第一网格,320682001600", dataset: "grid")],
    passing: [RuleExample("网格编码,网格名称\n01000032068200100100,第一网格", dataset: "grid")], waivability: .whole)
}
