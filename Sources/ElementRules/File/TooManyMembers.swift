import ElementCore

/// F0206: An archive with too many members.
enum TooManyMembers {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0206"), symbol: "TOO_MANY_MEMBERS", severity: .error,
    title: LocalizedText(zh: "压缩包内项目太多", en: "An archive with too many members"),
    message: LocalizedText(
      zh: "压缩包内的项目超过上限（members）",
      en: "The archive has more members than the limit (members)"),
    rationale: LocalizedText(
      zh: "工作簿只有几十个部分；成千上万的是别的压缩包，或是恶意的。",
      en: "A workbook has some dozens of parts; thousands mean another archive, or a hostile one."),
    fix: LocalizedText(
      zh: "核对文件；确属名册的，用 --limit members=… 放宽。",
      en: "Check the file; if it is a roster, raise the limit with --limit members=…."),
    source: "reliability T7", refusesFile: true)
}
