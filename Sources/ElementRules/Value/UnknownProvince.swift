import ElementCore

/// V1106: A province that does not exist.
enum UnknownProvince {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1106"), symbol: "REGION_PROVINCE", severity: .error,
    title: LocalizedText(zh: "省级代码不存在", en: "A province that does not exist"),
    message: LocalizedText(
      zh: "“{header}”的省级代码不存在",
      en: "\"{header}\" names a province that does not exist"),
    rationale: LocalizedText(
      zh: "号码前两位（港澳台居住证为前六位）不属于任何省级行政区。",
      en: "The first two digits, or six for residence permits, belong to no province."),
    fix: LocalizedText(
      zh: "对照证件重新录入。",
      en: "Type it again from the document."),
    source: "GB/T 2260; GB 11643-1999",
    failing: [RuleExample("公民身份号码,姓名\n990105190001010013,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")], waivability: .single)
}
