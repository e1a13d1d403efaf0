import ElementCore

/// V1114: A 15-digit number.
enum LegacyNumber {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1114"), symbol: "LEGACY_15", severity: .warning,
    title: LocalizedText(zh: "15 位旧号码", en: "A 15-digit number"),
    message: LocalizedText(
      zh: "“{header}”是 15 位旧号码",
      en: "\"{header}\" is a 15-digit number of before 1999"),
    rationale: LocalizedText(
      zh: "旧号码没有校验码，录错无法发现。系统给出 18 位写法供参考，不自动替换。",
      en: "Old numbers have no check character, so slips go unseen. The 18-digit form is offered, not applied."),
    fix: LocalizedText(
      zh: "对照证件录入 18 位号码。",
      en: "Type the 18-digit number from the document."),
    source: "GB 11643-1999 foreword",
    failing: [RuleExample("公民身份号码,姓名\n110105491231002,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
