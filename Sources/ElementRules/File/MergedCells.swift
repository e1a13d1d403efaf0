import ElementCore

/// F0114: Merged cells among the data.
enum MergedCells {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0114"), symbol: "MERGED_CELLS", severity: .warning,
    title: LocalizedText(zh: "数据区有合并单元格", en: "Merged cells among the data"),
    message: LocalizedText(
      zh: "数据区有 {count} 处合并单元格，第一处是 {place}：只有左上角的单元格有值，其余按空处理",
      en:
        "{count} ranges of cells are merged among the data, the first is {place}: only the first cell of each has a value, the others are empty"
    ),
    rationale: LocalizedText(
      zh: "合并单元格只保存一个值，其余行的这一列是空的，例如一家人合并的户号。",
      en: "A merged range keeps one value; the column is empty in its other rows, such as one household number over a family."),
    fix: LocalizedText(
      zh: "在 Excel 或 WPS 中取消合并，把值填入每一行，再导入。",
      en: "Unmerge the cells and fill the value into every row, then run again."),
    source: "ECMA-376 part 1, 18.3.1.55")
}
