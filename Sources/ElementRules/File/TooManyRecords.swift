import ElementCore

/// F0209: More records than are read.
enum TooManyRecords {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0209"), symbol: "TOO_MANY_RECORDS", severity: .error,
    title: LocalizedText(zh: "记录太多", en: "More records than are read"),
    message: LocalizedText(
      zh: "记录数超过上限（records）",
      en: "There are more records than the limit (records)"),
    rationale: LocalizedText(
      zh: "没有上限，一个文件就能占满内存；名册通常只有几百万条。",
      en: "Without a limit one file could fill the memory; a roster has some millions of records."),
    fix: LocalizedText(
      zh: "拆分文件；确属名册的，用 --limit records=… 放宽。",
      en: "Split it; if it is a roster, raise the limit with --limit records=…."),
    source: "reliability §3", refusesFile: true)
}
