import ElementCore

/// S0109: A key that stands twice.
enum DuplicateKey {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0109"), symbol: "DUPLICATE_KEY", severity: .error,
    title: LocalizedText(zh: "同一个键出现两次", en: "A key that stands twice"),
    message: LocalizedText(
      zh: "这条记录里同一个键（或单元格）出现两次，不知道该取哪个值",
      en: "A key, or a cell, stands twice in this record: nothing says which value counts"),
    rationale: LocalizedText(
      zh: "不同的程序会取不同的值，键重复的记录没有确定的含义。",
      en: "Programs differ in which value they take, so the record has no certain meaning."),
    fix: LocalizedText(
      zh: "核实后只保留一个。",
      en: "Find out which is right and keep one of them."),
    source: "RFC 8259 section 4")
}
