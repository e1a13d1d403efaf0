import ElementCore

/// V1013: Mojibake.
enum Mojibake {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1013"), symbol: "MOJIBAKE", severity: .error,
    title: LocalizedText(zh: "乱码", en: "Mojibake"),
    message: LocalizedText(
      zh: "“{header}”疑似乱码",
      en: "\"{header}\" looks like mojibake"),
    rationale: LocalizedText(
      zh: "文字曾被用错误的编码打开再保存。",
      en: "The text was opened in the wrong encoding and saved again."),
    fix: LocalizedText(
      zh: "从原系统重新导出，导入时不要用 Excel 直接打开 UTF-8 的 CSV。",
      en: "Export again from the source, and do not open UTF-8 CSV in Excel directly."),
    source: "identifiers §E.5",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,寮犱笁"), RuleExample("公民身份号码,姓名\n11010519491231002X,锟斤拷")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
