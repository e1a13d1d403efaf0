import ElementCore

/// V1005: A word for nothing where something must stand.
enum NothingInKey {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1005"), symbol: "NOTHING_IN_KEY", severity: .error,
    title: LocalizedText(zh: "必填项写成“无”等字样", en: "A word for nothing where something must stand"),
    message: LocalizedText(
      zh: "“{header}”写的是“{word}”，等于没有填",
      en: "\"{header}\" says “{word}”, which is nothing"),
    rationale: LocalizedText(
      zh: "主键和必填项写成“无”“NULL”“#N/A”，不知道这一行是谁、是什么。",
      en: "A key or a required item that says NULL, #N/A or “none” leaves open whom or what the row is about."),
    fix: LocalizedText(
      zh: "补填“{header}”后重新导入这一行。",
      en: "Fill in \"{header}\" and load the row again."),
    source: "architecture §3",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,#N/A")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
