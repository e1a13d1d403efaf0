package import ElementCore

/// W0008: A row whose key is not stored where rows are only to be changed.
package enum KeyUnknown {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0008"), symbol: "KEY_UNKNOWN", severity: .error,
    title: LocalizedText(zh: "只更新时，台账中没有这条记录", en: "A record that is not stored, where rows are only changed"),
    message: LocalizedText(
      zh: "台账中没有“{header}”{value} 的记录，而本次只更新（--mode patch）",
      en: "\"{header}\" {value} is not stored, and this load only changes rows (--mode patch)"),
    rationale: LocalizedText(
      zh: "更正表不应新增记录：编号写错一位，就会多出一个不存在的人或物。",
      en: "A list of corrections creates nothing: one wrong digit would make up a person or a thing."),
    fix: LocalizedText(
      zh: "核对编号；确是新记录的，请用完整的名册不加 --mode patch 导入。",
      en: "Check the number; a new record is loaded from its whole row without --mode patch."),
    source: "GB/T 31000")

  /// The finding about a row whose key field (from 0, its value masked) is not stored.
  package static func finding(_ row: RecordSpot, column: Int, field: Int, value: String) -> Finding {
    descriptor.finding(at: row, column: column, field: field, value: value)
  }
}
