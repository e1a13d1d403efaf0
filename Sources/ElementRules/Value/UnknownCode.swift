import ElementCore

/// V1301: Not in the code set.
enum UnknownCode {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1301"), symbol: "CODE_UNKNOWN", severity: .error,
    title: LocalizedText(zh: "不在代码表中", en: "Not in the code set"),
    message: LocalizedText(
      zh: "“{header}”的值不在代码表“{expected}”中{blank}{near}",
      en: "\"{header}\" is not in the code set {expected}{blank}{near}"),
    rationale: LocalizedText(
      zh: "代码表之外的值其他系统无法理解。",
      en: "Other systems cannot read values outside the code set."),
    fix: LocalizedText(
      zh: "改用代码表中的代码或名称；可用 yaosu codes show {expected} 查看。",
      en: "Use a code or label of the set; see yaosu codes show {expected}."),
    source: "datasets §3",
    failing: [RuleExample("公民身份号码,姓名,性别\n11010519491231002X,示例甲,女士")],
    passing: [RuleExample("公民身份号码,姓名,性别\n11010519491231002X,示例甲,2"), RuleExample("公民身份号码,姓名,性别\n11010519491231002X,示例甲,女")],
    waivability: .whole)
}
