package import ElementCore

/// X0104: A value is longer than the target takes.
package enum TargetValueTooLong {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("X0104"), symbol: "TARGET_VALUE_TOO_LONG", severity: .warning,
    title: LocalizedText(
      zh: "记录留下未发：超过对方的长度",
      en: "Left behind: longer than the target takes"),
    message: LocalizedText(
      zh: "对方的“{column}”最多 {limit} 个字",
      en: "the target's \"{column}\" takes {limit} characters at most"),
    rationale: LocalizedText(
      zh: "截断的地址或名称是另一个地址或名称。",
      en: "An address or a name that is cut is another one."),
    fix: LocalizedText(
      zh: "按对方的长度改写该项。",
      en: "Write the item within the length of the target."),
    source: "GB/T 31000")
}
