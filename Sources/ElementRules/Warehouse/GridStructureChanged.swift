package import ElementCore

/// W0015: A grid whose parent or kind a roster changes.
package enum GridStructureChanged {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0015"), symbol: "GRID_STRUCTURE_CHANGED", severity: .warning,
    title: LocalizedText(zh: "名册改变了网格的上级或类型", en: "A roster changes the parent or the kind of a grid"),
    message: LocalizedText(
      zh: "“{header}”由 {stored} 改为 {value}；网格的编码、上级和类型应通过网格调整改变",
      en: "\"{header}\" changes from {stored} to {value}; code, parent and kind of a grid change by a decision, not by a roster"
    ),
    rationale: LocalizedText(
      zh: "网格划定后应保持稳定；随名册改动，前后统计就不可比。",
      en: "Grids are drawn to last; where a roster changes them, figures before and after cannot be compared."),
    fix: LocalizedText(
      zh: "核对是否确有调整文件；有的话用 yaosu regrid 划转记录，没有就改回原值。",
      en: "See whether there was a decision: then move the records with yaosu regrid; else put the old value back."),
    source: "DB3310/T 55-2019 5.1.4")

  /// The finding about a row that changes a field (from 0) of a grid.
  package static func finding(_ row: RecordSpot, column: Int, field: Int, value: String, stored: String) -> Finding {
    descriptor.finding(at: row, column: column, field: field, value: value, facts: ["stored": stored])
  }
}
