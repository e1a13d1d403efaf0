package import ElementCore

/// G2009: A row without its key, joined.
package enum InterimJoined {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("G2009"), symbol: "INTERIM_JOINED", severity: .info,
    title: LocalizedText(zh: "无编号的记录并入有编号的同一条", en: "A row without its key, joined to the one that has it"),
    message: LocalizedText(
      zh: "“{header}”为空；{fields}与已有编号的一条相符，已并入其历史",
      en: "\"{header}\" is empty; {fields} are those of one row that has it, whose history this one joins"),
    rationale: LocalizedText(
      zh: "新生儿先以姓名、出生日期和户号登记，有了号码就是同一人，不应重复计数。",
      en: "A newborn child stands under name, birth date and household until the number comes, and counts once."),
    fix: LocalizedText(
      zh: "无需处理；如不是同一条，请填上编号（人员可填户号）重新导入。",
      en: "Nothing to do; if they are two, fill in the key, or for people the household, and load again."),
    source: "people without a number")
}
