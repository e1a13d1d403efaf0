package import ElementCore

/// W0012: A row that takes back what ended a record.
package enum ClosingTakenBack {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0012"), symbol: "CLOSING_TAKEN_BACK", severity: .info,
    title: LocalizedText(zh: "更正：记录并未迁出、死亡或注销", en: "A record that has not ended after all"),
    message: LocalizedText(
      zh: "台账中这条记录的“{status}”是 {stored}（{origin}），这一行更正为在册",
      en: "The warehouse has {stored} as \"{status}\" of this record ({origin}); this row corrects that: it stands"),
    rationale: LocalizedText(
      zh: "一条被误报为死亡或迁出的记录恢复在册，应有人知道两次各是谁报的。",
      en: "Where a record was said to have ended by mistake, somebody should know who said what."),
    fix: LocalizedText(
      zh: "无需处理；如这次才是误报，请再报一次正确的状态。",
      en: "Nothing to do; where this one is the mistake, deliver the right status once more."),
    source: "the life of a record")

  /// The finding about a row whose status (from 0) is another than the stored one, which a batch and a row of it gave.
  package static func finding(
    _ row: RecordSpot, column: Int, field: Int, value: String, facts: [String: String]
  ) -> Finding {
    descriptor.finding(at: row, column: column, field: field, value: value, facts: facts)
  }
}
