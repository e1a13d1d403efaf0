package import ElementCore

/// F0101: Columns that are not stored.
package enum ColumnNotStored {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0101"), symbol: "COLUMN_NOT_STORED", severity: .info,
    title: LocalizedText(zh: "未入库的列", en: "Columns that are not stored"),
    message: LocalizedText(
      zh: "未入库的列：{headers}",
      en: "Columns that are not stored: {headers}"),
    rationale: LocalizedText(
      zh: "表中有本数据集没有的列。只保存目的明确的字段，其余列不写入台账库。",
      en: "The file has columns that the dataset has no field for. Only fields with a purpose are kept."),
    fix: LocalizedText(
      zh: "无需处理；如列名只是写法不同，可按提示改列名，或用 --mapping 指定。",
      en: "Nothing to do. If a heading is only spelt differently, rename it as suggested or pin it with --mapping."),
    source: "PIPL art. 6",
    failing: [RuleExample("公民身份号码,姓名,备注\n11010519491231002X,示例甲,甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])

  /// The finding about the columns of a header (at a line) that are not stored: their headings, each with what it may mean.
  package static func finding(headings: [(heading: String, suggestion: String?)], line: Int) -> Finding {
    let shown = headings.map { $0.heading + ($0.suggestion.map { "（？\($0)）" } ?? "") }
    return descriptor.finding(line: line, facts: ["headers": shown.joined(separator: "、")], count: headings.count)
  }
}
