package import ElementCore

/// W0005: A household number that several stored households have.
package enum NumberAmbiguous {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0005"), symbol: "NUMBER_AMBIGUOUS", severity: .error,
    title: LocalizedText(zh: "户号对应不止一户", en: "A household number of several households"),
    message: LocalizedText(
      zh: "“{header}”{value} 不止一户在用，本行看不出是哪个社区（村）的",
      en: "\"{header}\" {value} is the number of several households, and the row does not tell the community"),
    rationale: LocalizedText(
      zh: "户号由各社区（村）各自编排；猜错了，一户的内容就会盖掉另一户的。",
      en: "Every community counts its households from one on: a wrong guess writes one household over another."),
    fix: LocalizedText(
      zh: "填写“所属网格”，或用 --area 指明社区（村）。",
      en: "Fill in the grid, or name the community with --area."),
    source: "GB/T 31000")

  /// The finding about a row whose number (a field from 0, its value masked) several households have.
  package static func finding(_ row: RecordSpot, column: Int, field: Int, value: String) -> Finding {
    descriptor.finding(at: row, column: column, field: field, value: value)
  }
}
