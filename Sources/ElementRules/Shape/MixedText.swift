import ElementCore

/// S0111: Text beside elements.
enum MixedText {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0111"), symbol: "MIXED_TEXT", severity: .error,
    title: LocalizedText(zh: "元素之间夹有文字", en: "Text beside elements"),
    message: LocalizedText(
      zh: "这条记录中有文字与元素混在一起，不知属于哪一项",
      en: "This record holds text beside elements, which belongs to no value"),
    rationale: LocalizedText(
      zh: "一个值应当是一个元素的全部内容。值中夹有标记（如换行标记 <br/>），或文字直接写在记录中，读出来就不完整。",
      en:
        "A value is all that an element holds. Where markup such as <br/> stands in a value, or text in the record itself, part of it would be lost."
    ),
    fix: LocalizedText(
      zh: "请提供方去掉值中的标记，或把文字写成单独的元素。",
      en: "Ask the sender to leave markup out of values, or to put the text into an element of its own."),
    source: "XML 1.0 section 3.2.2")
}
