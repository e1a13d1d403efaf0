import ElementCore

/// F0208: Shared text over the limit.
enum SharedTextTooLarge {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0208"), symbol: "SHARED_TEXT_TOO_LARGE", severity: .error,
    title: LocalizedText(zh: "共享文本太大", en: "Shared text over the limit"),
    message: LocalizedText(
      zh: "工作簿的共享文本超过上限（sharedTextBytes）",
      en: "The cells of the workbook share more text than the limit (sharedTextBytes)"),
    rationale: LocalizedText(
      zh: "单元格按编号引用共享文本，读取时须全部放在内存里。",
      en: "Cells name shared texts by number, so that all of them are kept in memory."),
    fix: LocalizedText(
      zh: "拆分文件；确属名册的，用 --limit sharedTextBytes=… 放宽。",
      en: "Split it; if it is a roster, raise the limit with --limit sharedTextBytes=…."),
    source: "reliability T7", refusesFile: true)
}
