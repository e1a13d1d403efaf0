package import ElementCore

/// X0201: The target refused a record.
package enum RefusedByTarget {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("X0201"), symbol: "REFUSED_BY_TARGET", severity: .warning,
    title: LocalizedText(
      zh: "对方退回",
      en: "Refused by the target"),
    message: LocalizedText(
      zh: "对方退回：{words}",
      en: "the target refused it: {words}"),
    rationale: LocalizedText(
      zh: "对方没有收下的记录，在对方就不存在或是旧的。",
      en: "What the target did not take is not there, or is out of date there."),
    fix: LocalizedText(
      zh: "按对方的说明更正，改好后下一次增量会带上；属对方原因的用 yaosu export --resend theirs 再发。",
      en:
        "Correct it as the target says: the next delta takes it along. Where the cause is theirs, yaosu export --resend theirs sends it again."
    ),
    source: "GB/T 31000")
}
