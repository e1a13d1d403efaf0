import ElementCore

/// V1304: A date as a spreadsheet serial.
enum DateSerial {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1304"), symbol: "DATE_SERIAL", severity: .error,
    title: LocalizedText(zh: "日期是电子表格序号", en: "A date as a spreadsheet serial"),
    message: LocalizedText(
      zh: "“{header}”是电子表格的日期序号",
      en: "\"{header}\" is a date serial of a spreadsheet"),
    rationale: LocalizedText(
      zh: "单元格丢失日期格式后只剩序号；1900 与 1904 两种起点无法区分。",
      en: "A cell that lost its date format shows a serial; the epochs 1900 and 1904 cannot be told apart."),
    fix: LocalizedText(
      zh: "在电子表格中把该列设为日期格式后重新保存。",
      en: "Format the column as dates in the spreadsheet and save again."),
    source: "identifiers §D.13",
    failing: [RuleExample("公民身份号码,姓名,出生日期\n11010519491231002X,示例甲,18263")],
    passing: [RuleExample("公民身份号码,姓名,出生日期\n11010519491231002X,示例甲,1949-12-31")])
}
