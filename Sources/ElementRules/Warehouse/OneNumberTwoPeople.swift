package import ElementCore

/// W0022: One number under which two people stand.
package enum OneNumberTwoPeople {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0022"), symbol: "ONE_NUMBER_TWO_PEOPLE", severity: .warning,
    title: LocalizedText(zh: "一个号码，两个人", en: "One number, two people"),
    message: LocalizedText(
      zh: "{count} 对记录的号码相同，姓名和生日（或性别）都不同",
      en: "{count} pairs of records have one number, and another name with another birth date or sex"),
    rationale: LocalizedText(
      zh: "公民身份号码一人一号：同一号码两个人，是抄错了号码，或者冒用；合并会把一个人的补助、走访记到另一个人头上。",
      en:
        "A number is of one person: it was copied wrongly, or is used by somebody else; joined, the visits and benefits of one would go to the other."
    ),
    fix: LocalizedText(
      zh: "用 yaosu dedupe review --register one-number -o 清单.xlsx 导出，交给管理人口登记的单位核实；核实后改正错的一方。",
      en:
        "Write the list with yaosu dedupe review --register one-number -o list.xlsx for the office that keeps the register; correct the one that is wrong."
    ),
    source: "GB 11643-1999")
}
