package import ElementCore

/// V1101: A number of the wrong length.
package enum IdentifierLength {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("V1101"), symbol: "LENGTH", severity: .error,
    title: LocalizedText(zh: "号码位数不对", en: "A number of the wrong length"),
    message: LocalizedText(
      zh: "“{header}”有 {actual} 位，应为 {expected}",
      en: "\"{header}\" has {actual} characters; expected {expected}"),
    rationale: LocalizedText(
      zh: "位数不对的号码不完整或多录了字符。",
      en: "A number of another length is incomplete or has extra characters."),
    fix: LocalizedText(
      zh: "对照证件重新录入。",
      en: "Type it again from the document."),
    source: "GB 11643-1999; CJ/T 349-2010 clause 5",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
