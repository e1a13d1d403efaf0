package import ElementCore

/// V1016: A masked value.
package enum Masked {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("V1016"), symbol: "MASKED", severity: .error,
    title: LocalizedText(zh: "已脱敏的值", en: "A masked value"),
    message: LocalizedText(
      zh: "“{header}”已脱敏，不能入库也不能用来更新",
      en: "\"{header}\" is masked: it can neither be stored nor update anything"),
    rationale: LocalizedText(
      zh: "用星号遮住的值不是真实值，入库会覆盖正确的数据。",
      en: "A value with stars is not the value; storing it would overwrite a right one."),
    fix: LocalizedText(
      zh: "向提供方索取未脱敏的名册。",
      en: "Ask the sender for the unmasked list."),
    source: "identifiers §E",
    failing: [
      RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲\n440524188001010014,示例乙\n32062219000101**20,示例丙"),
      RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲\n440524188001010014,示例乙\n320622190001010020,张*"),
    ],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
