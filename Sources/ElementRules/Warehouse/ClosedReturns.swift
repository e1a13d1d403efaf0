package import ElementCore

/// W0011: A record that has ended, and that a row would bring back without saying why.
package enum ClosedReturns {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0011"), symbol: "CLOSED_RETURNS", severity: .error,
    title: LocalizedText(zh: "已迁出、死亡或注销的记录又报为在册", en: "A record that has ended is listed as standing"),
    message: LocalizedText(
      zh: "台账中这条记录的“{status}”是 {stored}（{origin}），这一行报为 {value}，但没有说明原记录有误",
      en:
        "The warehouse has {stored} as \"{status}\" of this record ({origin}); this row says {value} and not that the former was wrong"
    ),
    rationale: LocalizedText(
      zh: "旧名册常把已经迁出或死亡的人重新带回来；没有依据就恢复，统计和走访名单都会错。",
      en: "Old rosters bring back who has moved away or died; counts and visiting lists would be wrong."),
    fix: LocalizedText(
      zh: "核实后：确实在册的，在这一行填“是否已死亡”或“是否已迁出”为否，或用 --mode patch 导入更正表；已经离开的，改正状态栏。",
      en:
        "Find out: where the record stands, write no under \"Whether deceased\" or \"Whether moved away\", or load a list of corrections with --mode patch; else correct the status."
    ),
    source: "the life of a record")

  /// The finding about a row whose status (from 0) is another than the stored one, which a batch and a row of it gave.
  package static func finding(
    _ row: RecordSpot, column: Int, field: Int, value: String, facts: [String: String]
  ) -> Finding {
    descriptor.finding(at: row, column: column, field: field, value: value, facts: facts)
  }
}
