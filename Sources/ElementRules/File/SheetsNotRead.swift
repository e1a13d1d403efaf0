package import ElementCore

/// F0109: Sheets that are not read.
package enum SheetsNotRead {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0109"), symbol: "SHEETS_NOT_READ", severity: .info,
    title: LocalizedText(zh: "没有读取的工作表", en: "Sheets that are not read"),
    message: LocalizedText(
      zh: "没有读取的工作表：{sheets}",
      en: "Sheets that are not read: {sheets}"),
    rationale: LocalizedText(
      zh: "工作簿里另有工作表。只有一张像名册时读那一张，其余不读。",
      en: "The workbook has further sheets. Where one of them looks like a roster, that one is read and no other."),
    fix: LocalizedText(
      zh: "无需处理；如其中也有名册，用 --sheet 名称 或 --sheet all 读取。",
      en: "Nothing to do. If a roster stands in one of them, name it with --sheet, or read all with --sheet all."),
    source: "ECMA-376 part 1, 18.2.19")

  /// The finding about the other sheets of a workbook.
  package static func finding(sheets: [String]) -> Finding {
    descriptor.finding(facts: ["sheets": sheets.joined(separator: "、")], count: sheets.count)
  }
}
