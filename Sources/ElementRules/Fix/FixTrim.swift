import ElementCore

/// N0001: White space at the ends removed.
enum FixTrim {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0001"), symbol: "FIX_TRIM", severity: .info,
    title: LocalizedText(zh: "去掉首尾空白", en: "White space at the ends removed"),
    message: LocalizedText(
      zh: "“{header}”首尾的空白已去掉",
      en: "White space at the ends of \"{header}\" was removed"),
    rationale: LocalizedText(
      zh: "首尾空白看不见，却会让比对失败。",
      en: "White space at the ends is invisible and makes comparisons fail."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X, 示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
