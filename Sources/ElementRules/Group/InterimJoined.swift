package import ElementCore

/// G2009: A row without its key, joined.
package enum InterimJoined {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("G2009"), symbol: "INTERIM_JOINED", severity: .info,
    title: LocalizedText(zh: "无号码的记录并入有号码的同一人", en: "A row without a number, joined to the one that has it"),
    message: LocalizedText(
      zh: "“{header}”为空；与台账库中已有号码的一人姓名、出生日期相符，已并入其历史",
      en: "\"{header}\" is empty; name and birth date are those of one person with a number, whose history it joins"),
    rationale: LocalizedText(
      zh: "新生儿先以姓名、出生日期和户号登记，有了号码就是同一人，不应重复计数。",
      en: "A newborn child stands under name, birth date and household until the number comes, and counts once."),
    fix: LocalizedText(
      zh: "无需处理；如不是同一人，请填上户号或号码重新导入。",
      en: "Nothing to do; if they are two people, fill in household or number and load again."),
    source: "people without a number")
}
