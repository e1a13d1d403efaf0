package import ElementCore

/// W0007: A row with a stored key where rows are only to be created.
package enum KeyKnown {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0007"), symbol: "KEY_KNOWN", severity: .error,
    title: LocalizedText(zh: "只新增时，台账中已有这条记录", en: "A stored record, where rows are only created"),
    message: LocalizedText(
      zh: "台账中已有“{header}”{value} 的记录，而本次只新增（--mode insert）",
      en: "\"{header}\" {value} is stored already, and this load only creates rows (--mode insert)"),
    rationale: LocalizedText(
      zh: "新增的名册里出现已有的人或物，往往是号码写错，或名册不是新增的。",
      en: "A list of what is new that names what is there has a wrong number, or is no such list."),
    fix: LocalizedText(
      zh: "核对编号；确要更新已有记录的，请去掉 --mode insert 再导入。",
      en: "Check the number; to change the stored record, load without --mode insert."),
    source: "GB/T 31000")

  /// The finding about a row whose key field (from 0, its value masked) is stored.
  package static func finding(_ row: RecordSpot, column: Int, field: Int, value: String) -> Finding {
    descriptor.finding(at: row, column: column, field: field, value: value)
  }
}
