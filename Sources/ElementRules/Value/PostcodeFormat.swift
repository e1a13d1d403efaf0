import ElementCore

/// V1316: Not a postcode.
enum PostcodeFormat {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1316"), symbol: "POSTCODE_FORMAT", severity: .warning,
    title: LocalizedText(zh: "邮政编码写法不对", en: "Not a postcode"),
    message: LocalizedText(
      zh: "“{header}”不是六位邮政编码",
      en: "\"{header}\" is not a postcode of six digits"),
    rationale: LocalizedText(
      zh: "表格软件会丢掉开头的 0。",
      en: "Spreadsheets drop leading zeros."),
    fix: LocalizedText(
      zh: "补足六位。",
      en: "Give six digits."),
    source: "identifiers §D.8")
}
