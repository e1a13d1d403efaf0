import ElementCore

/// V1117: Digits that a spreadsheet may have rounded.
enum SpreadsheetLoss {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1117"), symbol: "SUSPECT_SPREADSHEET_LOSS", severity: .error,
    title: LocalizedText(zh: "疑似被电子表格改动", en: "Digits that a spreadsheet may have rounded"),
    message: LocalizedText(
      zh: "“{header}”的末几位疑似被电子表格改动",
      en: "The last digits of \"{header}\" look rounded by a spreadsheet"),
    rationale: LocalizedText(
      zh: "以数值保存的长号码第 16 位起会变成 0 或别的数字，无法恢复。",
      en: "Digits after the fifteenth turn to zeros or others when a code is kept as a number; they cannot be recovered."),
    fix: LocalizedText(
      zh: "从原系统以文本格式重新导出。",
      en: "Export again with the column as text."),
    source: "identifiers §0",
    failing: [
      RuleExample("公民身份号码,姓名\n110105194912310000,示例甲"),
      RuleExample(
        "网格编码,网格名称\n01000032068200100101,第一网格\n01000032068200100102,第二网格\n01000032068200100096,第三网格", dataset: "grid"),
    ],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])
}
