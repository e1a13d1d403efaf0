import ElementCore

/// F0116: Elements that are not read.
enum StrayElements {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0116"), symbol: "STRAY_ELEMENTS", severity: .warning,
    title: LocalizedText(zh: "没有读取的元素", en: "Elements that are not read"),
    message: LocalizedText(
      zh: "记录之外有 {count} 个元素或属性没有读取，第一个是 {place}",
      en: "{count} elements or attributes stand beside or around the records and were not read, the first is {place}"),
    rationale: LocalizedText(
      zh: "与记录并列而名称不同的元素、包着记录的元素的属性，不知道是什么，没有读取。",
      en:
        "Elements beside the records with another name, and attributes of those around them, were not read: nothing says what they are."
    ),
    fix: LocalizedText(
      zh: "其中也有记录的，用 --records 路径 单独读取。",
      en: "If they are records too, read them on their own with --records."),
    source: "GB/T 31000-2015")
}
