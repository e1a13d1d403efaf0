import ElementCore

/// V1307: A division name that is not known.
enum UnknownDivisionName {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1307"), symbol: "DIVISION_NAME_UNKNOWN", severity: .warning,
    title: LocalizedText(zh: "无法识别的地名", en: "A division name that is not known"),
    message: LocalizedText(
      zh: "“{header}”不是区划代码，也不是唯一的区划名称，按原文保存",
      en: "\"{header}\" is neither a division code nor the name of one division; it is kept as written"),
    rationale: LocalizedText(
      zh: "名称不全或有歧义时系统不猜测。",
      en: "An incomplete or ambiguous name is not guessed at."),
    fix: LocalizedText(
      zh: "填写六位区划代码，或省市县全称。",
      en: "Give the six-digit code, or the names from the province down."),
    source: "GB/T 2260",
    failing: [RuleExample("公民身份号码,姓名,籍贯\n11010519491231002X,示例甲,某地")],
    passing: [RuleExample("公民身份号码,姓名,籍贯\n11010519491231002X,示例甲,江苏省南通市如皋市")])
}
