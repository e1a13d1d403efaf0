import ElementCore

/// V1126: A spreadsheet has made a date of it.
enum DateCellInText {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1126"), symbol: "DATE_CELL_IN_TEXT", severity: .warning,
    title: LocalizedText(zh: "电子表格把内容变成了日期", en: "A spreadsheet has made a date of it"),
    message: LocalizedText(
      zh: "“{header}”的单元格是日期格式，取其显示的样子",
      en: "The cell of \"{header}\" is a date; it was read as it is shown"),
    rationale: LocalizedText(
      zh: "在电子表格里输入 3-2、1/2 一类的门牌号、户号，会被自动改成日期，原来写的是什么已不可知。",
      en: "A door or household number such as 3-2 or 1/2 is turned into a date by a spreadsheet; what was typed is not kept."),
    fix: LocalizedText(
      zh: "核对原件；在电子表格中把这一列设为文本格式后重新填写。",
      en: "Look at the original, format the column as text and enter it again."),
    source: "ECMA-376 part 1, 18.8.30")
}
