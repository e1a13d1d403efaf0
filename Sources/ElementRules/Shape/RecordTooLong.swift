import ElementCore

/// S0106: A record over the limit.
enum RecordTooLong {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0106"), symbol: "RECORD_TOO_LONG", severity: .error,
    title: LocalizedText(zh: "行太长", en: "A record over the limit"),
    message: LocalizedText(
      zh: "本行超过 {expected} 字节",
      en: "The record is longer than {expected} bytes"),
    rationale: LocalizedText(
      zh: "过长的行几乎总是损坏的文件。",
      en: "A record this long is nearly always a damaged file."),
    fix: LocalizedText(
      zh: "检查文件是否缺少换行。",
      en: "Check whether line ends are missing."),
    source: "reliability T18")
}
