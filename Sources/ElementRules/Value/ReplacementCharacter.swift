import ElementCore

/// V1012: A replacement character.
enum ReplacementCharacter {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1012"), symbol: "REPLACEMENT_CHARACTER", severity: .error,
    title: LocalizedText(zh: "文字已损坏", en: "A replacement character"),
    message: LocalizedText(
      zh: "“{header}”含有替换字符“\u{FFFD}”，原来的文字已丢失",
      en: "\"{header}\" holds the replacement character: the original text is lost"),
    rationale: LocalizedText(
      zh: "此前的某次转换用错了编码，原字无法恢复。",
      en: "Some earlier conversion used the wrong encoding; the character cannot be recovered."),
    fix: LocalizedText(
      zh: "从原系统重新导出，或对照证件补录。",
      en: "Export again from the source, or type it from the document."),
    source: "identifiers §E.5",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示\u{FFFD}甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
