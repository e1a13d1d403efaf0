import ElementCore

/// V1309: An unknown mobile prefix.
enum PhonePrefixUnknown {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1309"), symbol: "PHONE_PREFIX_UNKNOWN", severity: .warning,
    title: LocalizedText(zh: "未知号段", en: "An unknown mobile prefix"),
    message: LocalizedText(
      zh: "“{header}”的号段未见使用",
      en: "The prefix of \"{header}\" is not known to be in use"),
    rationale: LocalizedText(
      zh: "号段会增加，所以只提示。",
      en: "Prefixes are added over time, so this only warns."),
    fix: LocalizedText(
      zh: "回拨核实。",
      en: "Call back to check."),
    source: "identifiers §D.7",
    failing: [RuleExample("公民身份号码,姓名,联系电话\n11010519491231002X,示例甲,14012345678")],
    passing: [RuleExample("公民身份号码,姓名,联系电话\n11010519491231002X,示例甲,13912345678")])
}
