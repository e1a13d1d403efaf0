import ElementCore

/// G2003: Several householders in one household.
enum SeveralHouseholders {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("G2003"), symbol: "SEVERAL_HOUSEHOLDERS", severity: .error,
    title: LocalizedText(zh: "一户有多个户主", en: "Several householders in one household"),
    message: LocalizedText(
      zh: "本户有 {count} 个户主（另见{members}）",
      en: "The household has {count} householders (see also {members})"),
    rationale: LocalizedText(
      zh: "一个户号只能有一个户主。",
      en: "A household has one householder."),
    fix: LocalizedText(
      zh: "核对户口簿，改正“与户主关系”或户号。",
      en: "Check the household register and correct the relation or the household number."),
    source: "GB/T 31000; datasets §2.1",
    failing: [RuleExample("公民身份号码,姓名,户号,与户主关系\n11010519491231002X,示例甲,A1,户主\n440524188001010014,示例乙,A1,户主")],
    passing: [RuleExample("公民身份号码,姓名,户号,与户主关系\n11010519491231002X,示例甲,A1,户主\n440524188001010014,示例乙,A1,妻")])
}
