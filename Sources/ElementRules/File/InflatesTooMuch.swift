import ElementCore

/// F0207: Contents that inflate too much.
enum InflatesTooMuch {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0207"), symbol: "INFLATES_TOO_MUCH", severity: .error,
    title: LocalizedText(zh: "解压后太大", en: "Contents that inflate too much"),
    message: LocalizedText(
      zh: "解压后超过压缩前的上限倍数（inflation），疑为压缩炸弹",
      en: "It inflates to more times its size than the limit (inflation), as a bomb does"),
    rationale: LocalizedText(
      zh: "很小的压缩文件可以解压成几百 GB。",
      en: "A small compressed file may inflate to hundreds of gigabytes."),
    fix: LocalizedText(
      zh: "请提供方核实；确属名册的，用 --limit inflation=… 放宽。",
      en: "Ask the sender; if it is a roster, raise the limit with --limit inflation=…."),
    source: "reliability T7", refusesFile: true)
}
