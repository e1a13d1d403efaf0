import ElementCore

/// F0110: Values that formulas made.
enum FormulaCells {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0110"), symbol: "FORMULA_CELLS", severity: .info,
    title: LocalizedText(zh: "由公式得出的值", en: "Values that formulas made"),
    message: LocalizedText(
      zh: "有 {count} 个单元格是公式，取上次保存的结果",
      en: "{count} cells hold formulas; the results that were saved last are taken"),
    rationale: LocalizedText(
      zh: "公式的结果由电子表格保存；表格打开后未重新计算或引用了别的文件时，结果可能是旧的。",
      en:
        "A spreadsheet saves the result of a formula; it may be old where the sheet was not calculated anew or refers to another file."
    ),
    fix: LocalizedText(
      zh: "无需处理；要确认结果是新的，请在 Excel 或 WPS 中重新计算并保存。",
      en: "Nothing to do. To be sure that results are new, calculate the sheet again and save it."),
    source: "ECMA-376 part 1, 18.3.1.40")
}
