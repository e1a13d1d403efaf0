import ElementCore

/// N0015: An equals sign and quotes removed.
enum FixEqualsQuoted {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0015"), symbol: "FIX_EQUALS_QUOTED", severity: .info,
    title: LocalizedText(zh: "去掉等号和引号", en: "An equals sign and quotes removed"),
    message: LocalizedText(
      zh: "“{header}”写成了 =\"…\" 的公式，取其中的文本",
      en: "\"{header}\" is written as the formula =\"…\"; its text was taken"),
    rationale: LocalizedText(
      zh: "有的系统导出 CSV 时写 =\"…\"，让电子表格把号码当作文本；它不是内容。",
      en: "Some systems write =\"…\" into CSV so that a spreadsheet keeps a code as text; it is not content."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §0",
    failing: [RuleExample("公民身份号码,姓名\n=\"11010519491231002X\",示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
