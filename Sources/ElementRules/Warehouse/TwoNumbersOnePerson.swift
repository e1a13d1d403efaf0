package import ElementCore

/// W0023: Two valid numbers that are perhaps of one person.
package enum TwoNumbersOnePerson {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0023"), symbol: "TWO_NUMBERS_ONE_PERSON", severity: .warning,
    title: LocalizedText(zh: "两个号码，可能是一个人", en: "Two numbers, perhaps one person"),
    message: LocalizedText(
      zh: "{count} 对记录的号码都有效但不同，其他各项却十分一致",
      en: "{count} pairs of records have two valid numbers, and all else agrees"),
    rationale: LocalizedText(
      zh: "一个人可能有过两个号码（重号更正、补登），也可能是双胞胎或同名的两个人：两个有效号码永远不自动合并，由登记单位判断。",
      en:
        "Somebody may have had two numbers, or they are twins or namesakes: two valid numbers are never joined here; the register decides."
    ),
    fix: LocalizedText(
      zh: "用 yaosu dedupe review --register two-numbers -o 清单.xlsx 导出，交给管理人口登记的单位核实。",
      en: "Write the list with yaosu dedupe review --register two-numbers -o list.xlsx for the office that keeps the register."),
    source: "GB 11643-1999")
}
