package import ElementCore

/// G2006: A duplicate row.
package enum DuplicateRow {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("G2006"), symbol: "DUPLICATE_ROW", severity: .info,
    title: LocalizedText(zh: "重复的行", en: "A duplicate row"),
    message: LocalizedText(
      zh: "与第 {others} 行完全相同，只计一次",
      en: "The same as line {others}; it counts once"),
    rationale: LocalizedText(
      zh: "完全相同的行只入库一次，计入“重复”。",
      en: "Rows that are equal in everything are stored once and counted as duplicates."),
    fix: LocalizedText(
      zh: "无需处理。",
      en: "Nothing to do."),
    source: "architecture §2",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲\n11010519491231002X,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])

  /// The finding about a row that says what an earlier one says, which stands at a line or in a file and line.
  package static func finding(row: Int, line: Int, byte: Int, earlier: RelatedRow, place: String) -> Finding {
    descriptor.finding(row: row, line: line, byte: byte, facts: ["others": place], related: [earlier])
  }
}
