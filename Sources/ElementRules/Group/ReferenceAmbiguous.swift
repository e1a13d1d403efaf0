package import ElementCore

/// G2002: A name of several.
package enum ReferenceAmbiguous {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("G2002"), symbol: "REFERENCE_AMBIGUOUS", severity: .error,
    title: LocalizedText(zh: "引用的名称不唯一", en: "A name of several"),
    message: LocalizedText(
      zh: "“{header}”对应多个{expected}：{candidates}",
      en: "\"{header}\" is the name of several {expected}: {candidates}"),
    rationale: LocalizedText(
      zh: "几个社区都有同名网格，系统不猜测是哪一个。",
      en: "Several communities have a grid of this name, and no guess is made."),
    fix: LocalizedText(
      zh: "改填网格编码，或用 --area 指明所属社区。",
      en: "Give the grid code, or say with --area whose it is."),
    source: "datasets §2.17", waivability: .never)
}
