package import ElementCore

/// X0102: A code has no counterpart at the target.
package enum TargetCodeUnmapped {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("X0102"), symbol: "TARGET_CODE_UNMAPPED", severity: .warning,
    title: LocalizedText(
      zh: "记录留下未发：代码没有对照",
      en: "Left behind: a code has no word of the target"),
    message: LocalizedText(
      zh: "对方的“{column}”没有与该代码对应的写法",
      en: "the target has no word for this code in \"{column}\""),
    rationale: LocalizedText(
      zh: "猜一个写法就是编造数据。",
      en: "To guess a word would be to make data up."),
    fix: LocalizedText(
      zh: "在导出方案的 codes 中补上对照，或更正记录。",
      en: "Add the code to codes of the profile, or correct the record."),
    source: "GB/T 31000")
}
