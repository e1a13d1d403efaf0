package import ElementCore

/// F0102: An expected column is absent.
package enum ColumnAbsent {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0102"), symbol: "COLUMN_ABSENT", severity: .info,
    title: LocalizedText(zh: "缺少应填的列", en: "An expected column is absent"),
    message: LocalizedText(
      zh: "文件没有“{header}”一列",
      en: "The file has no column \"{header}\""),
    rationale: LocalizedText(
      zh: "表单上标为必填的列整列缺失，完整率会受影响，但不影响入库。",
      en: "Forms mark the column as to be filled in. Its absence lowers completeness; rows load all the same."),
    fix: LocalizedText(
      zh: "有条件时补上这一列再导入。",
      en: "Add the column when the data is at hand."),
    source: "datasets §2",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")],
    passing: [
      RuleExample(
        "网格编码,网格名称,街道代码,街道名称,村（社区）代码,村（社区）名称,网格长姓名\n01000032068200100100,第一网格,320682001,示例街道,320682001001,东街社区,示例甲",
        dataset: "grid")
    ])

  /// The finding about a field (from 0) that the header at a line has no column for.
  package static func finding(field: Int, line: Int) -> Finding { descriptor.finding(line: line, field: field) }
}
