import ElementCore

/// V1020: Several values where one belongs.
enum SeveralValues {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1020"), symbol: "SEVERAL_VALUES", severity: .warning,
    title: LocalizedText(zh: "一项有多个值", en: "Several values in one item"),
    message: LocalizedText(
      zh: "“{header}”在这条记录中有多个值，已用分号连接",
      en: "\"{header}\" has several values in this record; they were joined with semicolons"),
    rationale: LocalizedText(
      zh: "JSON 的数组、XML 中重复的元素可以给出多个值，而名册的一项只有一个值：哪一个是对的，要由提供方说明。",
      en:
        "An array in JSON and an element that comes again in XML give several values, while an item of a roster has one: the sender must say which."
    ),
    fix: LocalizedText(
      zh: "核实后只保留一个；确有多个的，写明分隔方式。",
      en: "Find out which is right and keep one; where all are, agree on how they are written."),
    source: "reliability T20")
}
