import ElementCore

/// S0102: Bytes that cannot be decoded.
enum Undecodable {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("S0102"), symbol: "UNDECODABLE", severity: .error,
    title: LocalizedText(zh: "无法解码", en: "Bytes that cannot be decoded"),
    message: LocalizedText(
      zh: "本行含有不属于 {expected} 编码的字节",
      en: "The row holds bytes that {expected} does not allow"),
    rationale: LocalizedText(
      zh: "字节损坏的行无法还原原文，替换字符会悄悄改变内容。",
      en: "Damaged bytes cannot be read back; replacing them would change the data in silence."),
    fix: LocalizedText(
      zh: "在原系统中重新导出，或在 Excel/WPS 中改正这一行后另存。",
      en: "Export again from the source, or correct the row in Excel or WPS and save."),
    source: "identifiers §E.4")
}
