package import ElementCore

/// X0101: The target demands an item that a record has not.
package enum TargetValueMissing {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("X0101"), symbol: "TARGET_VALUE_MISSING", severity: .warning,
    title: LocalizedText(
      zh: "记录留下未发：对方要求的项为空",
      en: "Left behind: an item that the target demands is empty"),
    message: LocalizedText(
      zh: "对方的“{column}”不能为空",
      en: "the target's \"{column}\" must not be empty"),
    rationale: LocalizedText(
      zh: "对方的系统会整条退回，或把整包退回。",
      en: "The target would refuse the record, or the whole package."),
    fix: LocalizedText(
      zh: "补录该项后再次导出，增量会带上这一条。",
      en: "Enter the item; the next delta takes the record along."),
    source: "GB/T 31000")
}
