import ElementCore

/// V1116: A number in scientific notation.
enum ScientificNotation {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1116"), symbol: "SPREADSHEET_SCIENTIFIC", severity: .error,
    title: LocalizedText(zh: "号码变成科学计数法", en: "A number in scientific notation"),
    message: LocalizedText(
      zh: "“{header}”被电子表格变成了科学计数法，后面的数字已丢失",
      en: "A spreadsheet turned \"{header}\" into scientific notation: digits are lost"),
    rationale: LocalizedText(
      zh: "电子表格把长数字当数值保存，只留 15 位。丢失的数字无法恢复，任何工具补出来的都是假号码。",
      en: "A spreadsheet keeps 15 digits of a number. The rest is gone; whatever a tool fills in is invented."),
    fix: LocalizedText(
      zh: "把该列设为“文本”格式后从原系统重新导出。",
      en: "Format the column as text and export again."),
    source: "identifiers §0",
    failing: [RuleExample("公民身份号码,姓名\n1.10105E+17,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
