import ElementCore

/// V1119: A wrong organisation code within a credit code.
enum OrganizationCodeCheck {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1119"), symbol: "ORG_CODE_CHECK", severity: .error,
    title: LocalizedText(zh: "信用代码中的组织机构代码有误", en: "A wrong organisation code within a credit code"),
    message: LocalizedText(
      zh: "“{header}”第 9 至 17 位的组织机构代码校验不符",
      en: "Places 9 to 17 of \"{header}\" fail the check of organisation codes"),
    rationale: LocalizedText(
      zh: "信用代码内含组织机构代码，它有自己的校验码。",
      en: "A credit code holds an organisation code with a check of its own."),
    fix: LocalizedText(
      zh: "对照证照核对。",
      en: "Check the certificate."),
    source: "GB 32100-2015; GB 11714-1997",
    failing: [RuleExample("统一社会信用代码,企业名称\n91320682MA0000010U,示例公司", dataset: "privateEnterprise")],
    passing: [RuleExample("统一社会信用代码,企业名称\n91320682MA0000015B,示例公司", dataset: "privateEnterprise")], waivability: .single)
}
