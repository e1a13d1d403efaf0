import ElementCore

/// F0111: Error values of the spreadsheet.
enum ErrorCells {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0111"), symbol: "ERROR_CELLS", severity: .warning,
    title: LocalizedText(zh: "电子表格的错误值", en: "Error values of the spreadsheet"),
    message: LocalizedText(
      zh: "有 {count} 个单元格是 #N/A 之类的错误值，第一个在 {place}",
      en: "{count} cells hold error values such as #N/A, the first at {place}"),
    rationale: LocalizedText(
      zh: "公式出错时单元格显示错误值，它不是数据。",
      en: "Where a formula fails its cell shows an error value, which is no data."),
    fix: LocalizedText(
      zh: "改正公式，或把这些单元格改成正确的值，再导入。",
      en: "Correct the formula, or put the right values into these cells."),
    source: "ECMA-376 part 1, 18.18.11")
}
