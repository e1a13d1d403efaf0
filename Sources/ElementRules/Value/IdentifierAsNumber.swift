import ElementCore

/// V1124: A code kept as a number cannot be trusted behind its fifteenth digit.
enum IdentifierAsNumber {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1124"), symbol: "ID_AS_NUMBER", severity: .error,
    title: LocalizedText(zh: "号码以数值保存，末几位不可靠", en: "A code kept as a number, of which the last digits cannot be trusted"),
    message: LocalizedText(
      zh: "“{header}”以数值保存，第 15 位以后的数字{lost}",
      en: "\"{header}\" is kept as a number: the digits after the fifteenth {lost}"),
    rationale: LocalizedText(
      zh: "电子表格的数值只有 15 位有效数字，之后的数字变成 0 或别的数字，谁也无法补回。",
      en: "A number in a spreadsheet has 15 digits; those behind turn to zeros or others, and nobody may invent them."),
    fix: LocalizedText(
      zh: "在原表中把这一列设为文本格式，重新填写或从原系统导出。",
      en: "Format the column as text in the source and enter it again, or export it anew."),
    source: "identifiers §0")
}
