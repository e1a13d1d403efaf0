import ElementCore

/// N0103: A name read as the code.
enum ReadName {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0103"), symbol: "READ_NAME", severity: .info,
    title: LocalizedText(zh: "名称读作编码", en: "A name read as the code"),
    message: LocalizedText(
      zh: "“{header}”的名称已读作编码",
      en: "The name in \"{header}\" was read as the code"),
    rationale: LocalizedText(
      zh: "所属网格多写名称；在发送方范围内唯一时读作编码。",
      en: "Grids are mostly given by name; a name that is unique in the sender's area is read as its code."),
    fix: LocalizedText(
      zh: "无需处理；原值保存在修正记录中。",
      en: "Nothing to do; the value as written is kept with the repair."),
    source: "identifiers §E.6")
}
