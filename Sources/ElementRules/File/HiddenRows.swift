import ElementCore

/// F0112: Hidden rows.
enum HiddenRows {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0112"), symbol: "HIDDEN_ROWS", severity: .info,
    title: LocalizedText(zh: "隐藏的行", en: "Hidden rows"),
    message: LocalizedText(
      zh: "有 {count} 行是隐藏的，已照常读取，第一行是第 {place} 行",
      en: "{count} rows are hidden and were read like others, the first is row {place}"),
    rationale: LocalizedText(
      zh: "筛选或手工隐藏的行仍是文件内容，不读会少数据。",
      en: "Rows hidden by a filter or by hand are still content; leaving them out would lose data."),
    fix: LocalizedText(
      zh: "无需处理；不想导入的行请在表中删除。",
      en: "Nothing to do. Delete rows that are not meant to be imported."),
    source: "ECMA-376 part 1, 18.3.1.73")
}
