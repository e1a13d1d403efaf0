import ElementCore

/// G2006: A duplicate row.
enum DuplicateRow {
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
}
