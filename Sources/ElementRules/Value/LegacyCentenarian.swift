import ElementCore

/// V1115: A 15-digit number of unknown century.
enum LegacyCentenarian {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1115"), symbol: "LEGACY_15_CENTENARIAN", severity: .warning,
    title: LocalizedText(zh: "15 位号码世纪不明", en: "A 15-digit number of unknown century"),
    message: LocalizedText(
      zh: "“{header}”是百岁老人专用的 15 位号码，世纪不明",
      en: "\"{header}\" is a 15-digit number of the centenarian series: its century is unknown"),
    rationale: LocalizedText(
      zh: "顺序码 996 至 999 曾用于百岁老人，不能自动升位。",
      en: "Sequences 996 to 999 were kept for centenarians and cannot be extended by rule."),
    fix: LocalizedText(
      zh: "对照证件录入 18 位号码。",
      en: "Type the 18-digit number from the document."),
    source: "identifiers §D.1",
    failing: [RuleExample("公民身份号码,姓名\n110105000101997,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
