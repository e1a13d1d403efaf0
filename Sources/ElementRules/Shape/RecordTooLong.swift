import ElementCore

/// S0106: A record over the limit.
enum RecordTooLong {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0106"), symbol: "RECORD_TOO_LONG", severity: .error,
    title: LocalizedText(zh: "行太长", en: "A record over the limit"),
    message: LocalizedText(
      zh: "本行超过 {expected} 字节的上限（recordBytes）",
      en: "The record is longer than the limit of {expected} bytes (recordBytes)"),
    rationale: LocalizedText(
      zh: "过长的行几乎总是损坏的文件。",
      en: "A record this long is nearly always a damaged file."),
    fix: LocalizedText(
      zh: "检查文件是否缺少换行；确属名册的，用 --limit recordBytes=… 放宽。",
      en: "Check whether line ends are missing; if it is a roster, raise the limit with --limit recordBytes=…."),
    source: "reliability T18")
}
