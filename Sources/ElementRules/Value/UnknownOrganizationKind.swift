import ElementCore

/// V1120: An unknown pair of authority and kind.
enum UnknownOrganizationKind {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1120"), symbol: "ORG_KIND_UNKNOWN", severity: .warning,
    title: LocalizedText(zh: "登记部门与机构类别不成对", en: "An unknown pair of authority and kind"),
    message: LocalizedText(
      zh: "“{header}”前两位不是已知的登记部门与机构类别",
      en: "The first two characters of \"{header}\" are no known authority and kind"),
    rationale: LocalizedText(
      zh: "前两位是登记管理部门和机构类别，组合有限。",
      en: "The first two characters name the registering authority and the kind."),
    fix: LocalizedText(
      zh: "对照证照核对；新类别请告知管理员补入代码表 creditCodeKind。",
      en: "Check the certificate; a new kind belongs into the code set creditCodeKind."),
    source: "GB 32100-2015 table 1",
    failing: [RuleExample("统一社会信用代码,企业名称\n9X320682000000094N,示例公司", dataset: "privateEnterprise")],
    passing: [RuleExample("统一社会信用代码,企业名称\n91320682MA0000015B,示例公司", dataset: "privateEnterprise")])
}
