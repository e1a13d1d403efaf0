import ElementCore

/// F0122: Rows without their last empty columns.
enum ShortRows {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0122"), symbol: "SHORT_ROWS", severity: .info,
    title: LocalizedText(zh: "行尾缺少或多出空列", en: "Rows without their last empty columns"),
    message: LocalizedText(
      zh: "有 {count} 行的列数与表头不同，缺少或多出的都是行尾的空列，按空处理，第一个在第 {line} 行",
      en:
        "{count} rows have another number of columns than the header, but only empty last ones are missing or too many, the first on line {line}"
    ),
    rationale: LocalizedText(
      zh: "Excel、WPS 等另存为 CSV 时，会省略行尾空单元格的分隔符。",
      en: "Excel and others leave out the delimiters of empty last cells when they save CSV."),
    fix: LocalizedText(
      zh: "无需处理。",
      en: "Nothing to do."),
    source: "RFC 4180 §2; identifiers §0",
    failing: [RuleExample("公民身份号码,姓名,户籍地址\n11010519491231002X,示例甲\n440524188001010014,示例乙,示例路2号")],
    passing: [RuleExample("公民身份号码,姓名,户籍地址\n11010519491231002X,示例甲,\n440524188001010014,示例乙,示例路2号")])
}
