import ElementCore

/// S0101: A row of another width.
enum RaggedRow {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0101"), symbol: "RAGGED_ROW", severity: .error,
    title: LocalizedText(zh: "列数不符", en: "A row of another width"),
    message: LocalizedText(
      zh: "列数不符：{shape}{reason}",
      en: "The row does not fit the header: {shape}{reason}"),
    rationale: LocalizedText(
      zh: "列数不符时无法确定每个值属于哪一列，整行不能入库。",
      en: "Where the number of fields differs nobody can tell which value belongs where."),
    fix: LocalizedText(
      zh: "检查这一行是否多了或少了分隔符；含逗号的内容要用双引号括起。",
      en: "Look for a missing or extra delimiter; text with commas must stand in double quotes."),
    source: "RFC 4180 §2.4",
    failing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲,多余")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
