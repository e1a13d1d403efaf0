import ElementCore

/// G2004: A household without a householder.
enum NoHouseholder {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("G2004"), symbol: "NO_HOUSEHOLDER", severity: .error,
    title: LocalizedText(zh: "一户没有户主", en: "A household without a householder"),
    message: LocalizedText(
      zh: "{which}户没有户主",
      en: "{which} household has no householder"),
    rationale: LocalizedText(
      zh: "名册可能只含部分家庭成员，所以只提示；声明为完整的名册（--complete）才算错误。",
      en:
        "The roster may hold a part of the household only, so this informs, and is an error where it is said to be complete (--complete)."
    ),
    fix: LocalizedText(
      zh: "核对是否漏了户主。",
      en: "Check whether the householder was left out."),
    source: "datasets §2.1",
    failing: [RuleExample("公民身份号码,姓名,户号,与户主关系\n11010519491231002X,示例甲,A1,妻")],
    passing: [RuleExample("公民身份号码,姓名,户号,与户主关系\n11010519491231002X,示例甲,A1,户主")])
}
