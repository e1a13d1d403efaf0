import ElementCore

/// F0202: A record whose end is not found within the limit.
enum RecordEndless {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0202"), symbol: "RECORD_ENDLESS", severity: .error,
    title: LocalizedText(zh: "记录没有结束", en: "A record whose end is not found within the limit"),
    message: LocalizedText(
      zh: "有一条记录在上限（recordBytes）之内没有结束，后面的记录从哪里开始无从判断",
      en: "A record does not end within the limit (recordBytes), so that nobody knows where the next one begins"),
    rationale: LocalizedText(
      zh: "这样的文件多半损坏了；能找到结尾的长记录只影响自己（S0106）。",
      en: "Such a file is mostly damaged; a long record whose end is found waits alone (S0106)."),
    fix: LocalizedText(
      zh: "检查文件是否完整；确属名册的，用 --limit recordBytes=… 放宽。",
      en: "Check whether the file is whole; if it is a roster, raise the limit with --limit recordBytes=…."),
    source: "reliability T18", refusesFile: true)
}
