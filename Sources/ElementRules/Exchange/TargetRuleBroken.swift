package import ElementCore

/// X0108: A rule of the target does not hold for a record.
package enum TargetRuleBroken {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("X0108"), symbol: "TARGET_RULE_BROKEN", severity: .warning,
    title: LocalizedText(
      zh: "记录留下未发：不合对方的规则",
      en: "Left behind: a rule of the target does not hold"),
    message: LocalizedText(
      zh: "不合对方的规则：{rule}",
      en: "the target would refuse it: {rule}"),
    rationale: LocalizedText(
      zh: "对方的规则写在导出方案中，先查后发。",
      en: "The rules of the target stand in the profile, and are checked before anything leaves."),
    fix: LocalizedText(
      zh: "按对方的规则更正记录。",
      en: "Correct the record as the target demands."),
    source: "GB/T 31000")
}
