import ElementCore

/// N0011: A radical replaced.
enum FixRadical {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0011"), symbol: "FIX_RADICAL", severity: .warning,
    title: LocalizedText(zh: "部首字符已更正", en: "A radical replaced"),
    message: LocalizedText(
      zh: "“{header}”中的部首符号已换成汉字",
      en: "A radical symbol in \"{header}\" became the character"),
    rationale: LocalizedText(
      zh: "从 PDF 复制的文字常把汉字变成部首符号。",
      en: "Text copied from PDF often has radicals instead of characters."),
    fix: LocalizedText(
      zh: "请核对更正后的值；原值保存在修正记录中。",
      en: "Check the repaired value; the value as written is kept with the repair."),
    source: "identifiers §E.6",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,⽯示例")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
