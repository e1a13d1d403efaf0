import ElementCore

/// N0008: The interpunct made one.
enum FixInterpunct {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0008"), symbol: "FIX_INTERPUNCT", severity: .info,
    title: LocalizedText(zh: "间隔号已统一", en: "The interpunct made one"),
    message: LocalizedText(
      zh: "“{header}”的间隔号已统一为“·”",
      en: "The interpunct of \"{header}\" is now U+00B7"),
    rationale: LocalizedText(
      zh: "姓名间隔号应为 U+00B7，否则与证件比对不上。",
      en: "The interpunct of names is U+00B7; others do not compare with the document."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例•买买提")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
