import ElementCore

/// V1014: Characters lost to question marks.
enum QuestionMarkLoss {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1014"), symbol: "QUESTION_MARK_LOSS", severity: .error,
    title: LocalizedText(zh: "文字变成问号", en: "Characters lost to question marks"),
    message: LocalizedText(
      zh: "“{header}”中的字变成了问号，原字已丢失",
      en: "Characters of \"{header}\" became question marks: they are lost"),
    rationale: LocalizedText(
      zh: "生僻字在旧编码中保存时会变成问号。",
      en: "Rare characters become question marks when saved in an old code page."),
    fix: LocalizedText(
      zh: "对照证件补录，并以 UTF-8 或 GB18030 保存。",
      en: "Type it from the document and save as UTF-8 or GB18030."),
    source: "identifiers §E.5",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示?")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
