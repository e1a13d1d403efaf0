import ElementCore

/// V1122: Not the form of the document's type.
enum DocumentFormat {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1122"), symbol: "DOCUMENT_FORMAT", severity: .error,
    title: LocalizedText(zh: "证件号码与证件类型不符", en: "Not the form of the document's type"),
    message: LocalizedText(
      zh: "“{header}”不是该类证件的号码写法",
      en: "\"{header}\" is not written as numbers of that type of document are"),
    rationale: LocalizedText(
      zh: "证件类型决定号码的写法。",
      en: "The type of a document decides how its number is written."),
    fix: LocalizedText(
      zh: "核对证件类型和号码。",
      en: "Check the type and the number."),
    source: "identifiers §D.3",
    failing: [RuleExample("房屋编号,房屋地址,证件代码,证件号码,房主姓名\nF1,示例路1号,516,H000000000,示例甲", dataset: "house")],
    passing: [RuleExample("房屋编号,房屋地址,证件代码,证件号码,房主姓名\nF1,示例路1号,516,H00000000,示例甲", dataset: "house")], waivability: .single)
}
