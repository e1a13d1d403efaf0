import ElementCore

/// V1003: An expected item is empty.
enum ExpectedMissing {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1003"), symbol: "EXPECTED_MISSING", severity: .info,
    title: LocalizedText(zh: "应填项为空", en: "An expected item is empty"),
    message: LocalizedText(
      zh: "“{header}”未填写",
      en: "\"{header}\" is empty"),
    rationale: LocalizedText(
      zh: "表单上标为必填的项目没有填写，会降低完整率，但不影响入库。",
      en: "Forms mark the item as to be filled in; leaving it empty lowers completeness, and the row loads."),
    fix: LocalizedText(
      zh: "走访时补采。",
      en: "Collect it at the next visit."),
    source: "datasets §2",
    failing: [RuleExample("公民身份号码,姓名,性别\n11010519491231002X,示例甲,")],
    passing: [RuleExample("公民身份号码,姓名,性别\n11010519491231002X,示例甲,女")])
}
