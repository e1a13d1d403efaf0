import ElementCore

/// F0201: A file over the limit.
enum FileTooLarge {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0201"), symbol: "FILE_TOO_LARGE", severity: .error,
    title: LocalizedText(zh: "文件太大", en: "A file over the limit"),
    message: LocalizedText(
      zh: "文件或解压后的内容超过上限（fileBytes）",
      en: "The file, or what it inflates to, is larger than the limit (fileBytes)"),
    rationale: LocalizedText(
      zh: "没有上限，一个文件就能占满磁盘。",
      en: "Without a limit one file could fill the disk."),
    fix: LocalizedText(
      zh: "拆分文件；确属名册的，用 --limit fileBytes=… 放宽。",
      en: "Split it; if it is a roster, raise the limit with --limit fileBytes=…."),
    source: "reliability T7", refusesFile: true)
}
