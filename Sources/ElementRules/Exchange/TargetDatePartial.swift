package import ElementCore

/// X0103: A date is known in part only, and the target takes whole ones.
package enum TargetDatePartial {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("X0103"), symbol: "TARGET_DATE_PARTIAL", severity: .warning,
    title: LocalizedText(
      zh: "记录留下未发：日期不完整",
      en: "Left behind: a day is known in part only"),
    message: LocalizedText(
      zh: "对方的“{column}”要完整日期，记录只到年或月",
      en: "the target's \"{column}\" takes whole days, and the record has a year or a month only"),
    rationale: LocalizedText(
      zh: "补成 1 月 1 日就是编造数据。",
      en: "To make it the first of January would be to make data up."),
    fix: LocalizedText(
      zh: "补录完整日期；确实不知道的，让方案不发这一列。",
      en: "Enter the whole day; where nobody knows it, leave the column out of the profile."),
    source: "GB/T 31000")
}
