package import ElementCore

/// W0003: A name that was corrected.
package enum NameCorrected {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0003"), symbol: "NAME_CORRECTED", severity: .info,
    title: LocalizedText(zh: "姓名作了更正", en: "A name that was corrected"),
    message: LocalizedText(
      zh: "“{header}”由 {stored} 改为 {value}，两者音形相近，按更正处理",
      en: "\"{header}\" was {stored} and is {value}: they sound or look alike, so it counts as a correction"),
    rationale: LocalizedText(
      zh: "同音、形近或只差一个字的姓名多是录入之误，照新的写法更新并说明。",
      en: "Names that sound or look alike, or differ in one character, are mostly slips; the new spelling is stored, and told."),
    fix: LocalizedText(
      zh: "无需处理；如改错了，请用正确的姓名再导入一次。",
      en: "Nothing to do; where the new spelling is the wrong one, load the right one again."),
    source: "linkage §3.3")

  /// The finding about a row whose name field (from 0, its value masked) corrects the stored one.
  package static func finding(_ row: RecordSpot, column: Int, field: Int, value: String, stored: String) -> Finding {
    descriptor.finding(at: row, column: column, field: field, value: value, facts: ["stored": stored])
  }
}
