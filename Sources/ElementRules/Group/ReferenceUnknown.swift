package import ElementCore

/// G2001: A reference to nothing.
package enum ReferenceUnknown {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("G2001"), symbol: "REFERENCE_UNKNOWN", severity: .error,
    title: LocalizedText(zh: "引用的对象不存在", en: "A reference to nothing"),
    message: LocalizedText(
      zh: "“{header}”在{expected}中找不到{namesakes}",
      en: "\"{header}\" is not among the {expected}{namesakes}"),
    rationale: LocalizedText(
      zh: "引用的网格、房屋或人员不存在，这条记录就无所归属。",
      en: "A record that names a grid, a house or a person that nobody knows belongs nowhere."),
    fix: LocalizedText(
      zh: "核对编码或名称；新的网格、房屋、人员请先导入，或与本表一起导入。只写“第三网格”时用 --area 指明所属社区。",
      en:
        "Check the code or name; load what it names first, or together. For a bare name such as “第三网格” say with --area whose it is."
    ),
    source: "datasets §2.17", waivability: .never)
}
