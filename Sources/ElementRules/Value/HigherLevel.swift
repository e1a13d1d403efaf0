import ElementCore

/// V1206: A code of a higher level.
enum HigherLevel {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1206"), symbol: "LEVEL", severity: .warning,
    title: LocalizedText(zh: "代码级别偏高", en: "A code of a higher level"),
    message: LocalizedText(
      zh: "“{header}”是上一级的代码",
      en: "\"{header}\" is the code of a higher level"),
    rationale: LocalizedText(
      zh: "末尾为 000 的是街道或县级代码，不是村（社区）。",
      en: "Trailing 000 marks a township or county, not a village."),
    fix: LocalizedText(
      zh: "填写到村（社区）一级。",
      en: "Give the code of the village."),
    source: "国统字〔2009〕91号",
    failing: [RuleExample("网格编码,网格名称,村（社区）代码\n01000032068200100100,第一网格,320682001000", dataset: "grid")],
    passing: [RuleExample("网格编码,网格名称\n01000032068200100100,第一网格", dataset: "grid")])
}
