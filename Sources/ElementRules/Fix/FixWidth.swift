import ElementCore

/// N0002: Full width made narrow.
enum FixWidth {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0002"), symbol: "FIX_WIDTH", severity: .info,
    title: LocalizedText(zh: "全角转半角", en: "Full width made narrow"),
    message: LocalizedText(
      zh: "“{header}”的全角字符已转为半角",
      en: "Full-width characters of \"{header}\" were made narrow"),
    rationale: LocalizedText(
      zh: "号码用半角数字才能比对。",
      en: "Numbers compare only in narrow digits."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n１１０１０５１９４９１２３１００２Ｘ,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
