import ElementCore

/// F0113: Hidden columns.
enum HiddenColumns {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0113"), symbol: "HIDDEN_COLUMNS", severity: .info,
    title: LocalizedText(zh: "隐藏的列", en: "Hidden columns"),
    message: LocalizedText(
      zh: "有隐藏的列，已照常读取",
      en: "Some columns are hidden and were read like others"),
    rationale: LocalizedText(
      zh: "隐藏的列仍是文件内容。",
      en: "Hidden columns are still content."),
    fix: LocalizedText(
      zh: "无需处理；不想导入的列请在表中删除。",
      en: "Nothing to do. Delete columns that are not meant to be imported."),
    source: "ECMA-376 part 1, 18.3.1.13")
}
