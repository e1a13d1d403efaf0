package import ElementCore

/// X0106: A value is none of those that the target takes.
package enum TargetValueUnknown {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("X0106"), symbol: "TARGET_VALUE_UNKNOWN", severity: .warning,
    title: LocalizedText(
      zh: "记录留下未发：对方没有这个值",
      en: "Left behind: a value that the target does not have"),
    message: LocalizedText(
      zh: "对方的“{column}”没有这个值",
      en: "the target's \"{column}\" does not have this value"),
    rationale: LocalizedText(
      zh: "对方的系统会退回。",
      en: "The target would refuse it."),
    fix: LocalizedText(
      zh: "更正该项，或核对方案中的 values。",
      en: "Correct the item, or see whether values of the profile is right."),
    source: "GB/T 31000")
}
