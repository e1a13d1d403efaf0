package import ElementCore

/// N0016: Empty cells whose stored values stay.
package enum EmptyKept {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0016"), symbol: "EMPTY_KEPT", severity: .info,
    title: LocalizedText(zh: "空格不清除已存的值", en: "Empty cells whose stored values stay"),
    message: LocalizedText(
      zh: "“{header}”有 {count} 格为空，而台账中已有值；已有的值保留不变",
      en: "{count} cells of \"{header}\" are empty where the warehouse has values; these stay as they are"),
    rationale: LocalizedText(
      zh: "名册常常只填一部分。空着的格子说的是“没填”，不是“删掉”；照空导入会把别人采集的内容抹掉。",
      en:
        "Rosters are often filled in part. An empty cell says that nobody filled it in, not that the value goes; taken at its word it would erase what others collected."
    ),
    fix: LocalizedText(
      zh: "无需处理；确实要删掉已存的值时，在格子里写 <清空>。",
      en: "Nothing to do; where the stored value is to go, write <clear> into the cell."),
    source: "warehouse: what a row means beside what is stored")

  /// The finding about a field (from 0) in whose column (from 1) so many cells are empty.
  package static func finding(_ count: Int, column: Int, field: Int) -> Finding {
    descriptor.finding(column: column, field: field, facts: ["count": String(count)], count: count)
  }
}
