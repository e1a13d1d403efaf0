import ElementCore

/// V1113: An age above 120.
enum ImplausibleAge {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1113"), symbol: "AGE_IMPLAUSIBLE", severity: .warning,
    title: LocalizedText(zh: "年龄超过 120 岁", en: "An age above 120"),
    message: LocalizedText(
      zh: "“{header}”表明年龄超过 120 岁",
      en: "\"{header}\" makes the person older than 120"),
    rationale: LocalizedText(
      zh: "多为已去世未注销，或号码录错。",
      en: "Mostly a person who died without being struck off, or a mistyped number."),
    fix: LocalizedText(
      zh: "核实人员状况。",
      en: "Find out about the person."),
    source: "identifiers §D.1",
    failing: [RuleExample("公民身份号码,姓名\n440524188001010014,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
