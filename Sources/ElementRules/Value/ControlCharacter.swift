import ElementCore

/// V1011: A control character.
enum ControlCharacter {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1011"), symbol: "CONTROL_CHARACTER", severity: .error,
    title: LocalizedText(zh: "含控制字符", en: "A control character"),
    message: LocalizedText(
      zh: "“{header}”含有看不见的控制字符",
      en: "\"{header}\" holds an invisible control character"),
    rationale: LocalizedText(
      zh: "控制字符来自损坏的导出，会让比对和查询失败。",
      en: "Control characters come from faulty exports and make comparisons fail."),
    fix: LocalizedText(
      zh: "删除单元格内容后重新输入。",
      en: "Clear the cell and type it again."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例\u{7}甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
