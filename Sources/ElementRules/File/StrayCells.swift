package import ElementCore

/// F0115: Content without a heading.
package enum StrayCells {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0115"), symbol: "STRAY_CELLS", severity: .warning,
    title: LocalizedText(zh: "没有列名的内容", en: "Cells beside the header's columns"),
    message: LocalizedText(
      zh: "有 {count} 个单元格没有列名，没有读取：{place}",
      en: "{count} cells have no heading and were not read: {place}"),
    rationale: LocalizedText(
      zh: "没有列名的单元格不知道是什么；常见的是旁注、合计和误填。",
      en: "Nothing says what a cell without a heading is: a note, a sum or a slip."),
    fix: LocalizedText(
      zh: "需要的内容请加上列名；其余的请删除。",
      en: "Give what is needed a heading, and delete the rest."),
    source: "GB/T 31000-2015")

  /// The finding about so many values in a column (from 1, named as spreadsheets do) without a heading.
  package static func finding(letters: String, column: Int, count: Int, line: Int) -> Finding {
    descriptor.finding(
      line: line, column: column,
      facts: ["count": String(count), "place": "\(letters) 列", "placeEn": "column \(letters)"], count: count)
  }
}
