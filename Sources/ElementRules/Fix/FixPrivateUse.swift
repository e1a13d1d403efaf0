import ElementCore

/// N0012: A GBK private-use leftover replaced.
enum FixPrivateUse {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0012"), symbol: "PUA_GBK_LEGACY", severity: .info,
    title: LocalizedText(zh: "旧版造字位已更正", en: "A GBK private-use leftover replaced"),
    message: LocalizedText(
      zh: "“{header}”中的旧版 GBK 字位已换成标准汉字",
      en: "A GBK private-use leftover in \"{header}\" became the standard character"),
    rationale: LocalizedText(
      zh: "旧系统把部分汉字放在专用区，其他系统显示不出来。",
      en: "Old systems keep some characters in private use, where others cannot show them."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示\u{E863}")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
