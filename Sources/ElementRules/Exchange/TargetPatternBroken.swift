package import ElementCore

/// X0105: A value does not have the form that the target takes.
package enum TargetPatternBroken {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("X0105"), symbol: "TARGET_PATTERN_BROKEN", severity: .warning,
    title: LocalizedText(
      zh: "记录留下未发：不合对方的格式",
      en: "Left behind: not of the form that the target takes"),
    message: LocalizedText(
      zh: "“{column}”的内容不合对方的格式",
      en: "the value of \"{column}\" is not of the form that the target takes"),
    rationale: LocalizedText(
      zh: "对方的系统会退回。",
      en: "The target would refuse it."),
    fix: LocalizedText(
      zh: "按对方的格式更正该项，或核对方案中的 pattern。",
      en: "Correct the item, or see whether the pattern of the profile is right."),
    source: "GB/T 31000")
}
