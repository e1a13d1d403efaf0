import ElementCore

/// F0117: Formulas without a result.
enum EmptyFormulas {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0117"), symbol: "EMPTY_FORMULAS", severity: .warning,
    title: LocalizedText(zh: "公式没有保存结果", en: "Formulas without a result"),
    message: LocalizedText(
      zh: "有 {count} 个单元格是公式而没有保存结果，第一个是 {place}，读作空",
      en: "{count} cells hold a formula without a result, the first is {place}; they are empty"),
    rationale: LocalizedText(
      zh: "程序生成的工作簿常只写公式；没有在 Excel 或 WPS 中算过，就没有值可取。",
      en:
        "Workbooks that programs make often hold formulas alone: until a spreadsheet works them out there is no value to take."),
    fix: LocalizedText(
      zh: "请在 Excel 或 WPS 中打开，重新计算并保存，再导入。",
      en: "Open the workbook in Excel or WPS, calculate and save it, and run again."),
    source: "ECMA-376 part 1, 18.3.1.40")
}
