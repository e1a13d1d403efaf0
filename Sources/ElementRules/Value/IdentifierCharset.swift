import ElementCore

/// V1102: A character that the number never holds.
enum IdentifierCharset {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1102"), symbol: "CHARSET", severity: .error,
    title: LocalizedText(zh: "号码含有不允许的字符", en: "A character that the number never holds"),
    message: LocalizedText(
      zh: "“{header}”含有号码中不会出现的字符",
      en: "\"{header}\" holds a character that such a number never has"),
    rationale: LocalizedText(
      zh: "身份号码只有数字，最后一位可以是 X。",
      en: "Citizen numbers are digits; the last may be X."),
    fix: LocalizedText(
      zh: "对照证件重新录入。",
      en: "Type it again from the document."),
    source: "GB 11643-1999 clause 4",
    failing: [RuleExample("公民身份号码,姓名\n1101051949123A002X,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
