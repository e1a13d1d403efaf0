package import ElementCore

/// X0107: The encoding of the target lacks a character of a value.
package enum TargetCharacterLacking {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("X0107"), symbol: "TARGET_CHARACTER_LACKING", severity: .warning,
    title: LocalizedText(
      zh: "记录留下未发：编码没有这个字",
      en: "Left behind: the encoding lacks a character"),
    message: LocalizedText(
      zh: "“{column}”含对方的编码或格式没有的字符",
      en: "\"{column}\" holds a character that the encoding or the format does not have"),
    rationale: LocalizedText(
      zh: "换成问号或近似字，姓名就错了。",
      en: "A question mark or a similar character would make the name wrong."),
    fix: LocalizedText(
      zh: "与对方商定改用 UTF-8，或按对方的写法登记。",
      en: "Agree on UTF-8 with the target, or register the name as the target writes it."),
    source: "GB/T 31000")
}
