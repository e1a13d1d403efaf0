package import ElementCore

/// G2008: A circle of parents.
package enum ParentCycle {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("G2008"), symbol: "PARENT_CYCLE", severity: .error,
    title: LocalizedText(zh: "上下级成环", en: "A circle of parents"),
    message: LocalizedText(
      zh: "“{header}”与其他行互为上级（另见第 {others} 行）",
      en: "\"{header}\" leads back to the row itself (see also lines {others})"),
    rationale: LocalizedText(
      zh: "上下级成环，汇总就没有尽头。",
      en: "A circle of parents has no top, and nothing can be summed up along it."),
    fix: LocalizedText(
      zh: "改正其中一行的上级。",
      en: "Correct the parent of one of the rows."),
    source: "DB32/T 2763-2015 5.1.1",
    failing: [
      RuleExample(
        "网格编码,网格名称,上级网格编码\n01000032069900100101,第一网格,01000032069900100102\n01000032069900100102,第二网格,01000032069900100101",
        dataset: "grid")
    ],
    passing: [
      RuleExample(
        "网格编码,网格名称,上级网格编码\n01000032069900100102,第二网格,\n01000032069900100101,第一网格,01000032069900100102", dataset: "grid")
    ], waivability: .never)
}
