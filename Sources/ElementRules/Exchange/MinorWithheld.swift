package import ElementCore

/// X0109: A record is of a child, whom the recipient may not have.
package enum MinorWithheld {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("X0109"), symbol: "MINOR_WITHHELD", severity: .warning,
    title: LocalizedText(
      zh: "记录留下未发：不满十四周岁",
      en: "Left behind: of a child under 14"),
    message: LocalizedText(
      zh: "不满十四周岁的人的信息，接收方没有登记可以接收",
      en: "the register does not let the recipient have data of children under 14"),
    rationale: LocalizedText(
      zh: "不满十四周岁未成年人的个人信息全部是敏感个人信息（个人信息保护法第28条、第31条）。",
      en: "All personal data of children under 14 is sensitive (PIPL 28 and 31)."),
    fix: LocalizedText(
      zh: "确有依据时，在 recipients.yaml 该接收方下写 minors: true；满十四周岁后下一次导出自动带上。",
      en: "Where there is a basis, enter minors: true for the recipient; who turns 14 goes with the next package."),
    source: "PIPL 28, 31")
}
