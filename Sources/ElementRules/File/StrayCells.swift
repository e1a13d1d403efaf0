import ElementCore

/// F0115: Cells beside the header's columns.
enum StrayCells {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0115"), symbol: "STRAY_CELLS", severity: .warning,
    title: LocalizedText(zh: "表头以外的单元格", en: "Cells beside the header's columns"),
    message: LocalizedText(
      zh: "有 {count} 个单元格在表头各列之外，没有读取，第一个在 {place}",
      en: "{count} cells stand beside the columns of the header and were not read, the first at {place}"),
    rationale: LocalizedText(
      zh: "没有列名的单元格不知道是什么；常见的是旁注、合计和误填。",
      en: "Nothing says what a cell without a heading is: a note, a sum or a slip."),
    fix: LocalizedText(
      zh: "需要的内容请加上列名；其余的请删除。",
      en: "Give what is needed a heading, and delete the rest."),
    source: "GB/T 31000-2015")
}
