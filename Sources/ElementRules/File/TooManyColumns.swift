import ElementCore

/// F0203: More columns than are read.
enum TooManyColumns {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0203"), symbol: "TOO_MANY_COLUMNS", severity: .error,
    title: LocalizedText(zh: "列太多", en: "More columns than are read"),
    message: LocalizedText(
      zh: "表头的列数，或各记录的键、元素种数超过上限（columns）",
      en: "The header has more columns, or the records have more kinds of keys or elements, than the limit (columns)"),
    rationale: LocalizedText(
      zh: "名册只有几十列；成千上万列的多半是选错了文件或导出出了问题。",
      en: "A roster has some dozens of columns; thousands mostly mean another file or a failed export."),
    fix: LocalizedText(
      zh: "核对文件；确属名册的，用 --limit columns=… 放宽。",
      en: "Check the file; if it is a roster, raise the limit with --limit columns=…."),
    source: "reliability T18", refusesFile: true)
}
