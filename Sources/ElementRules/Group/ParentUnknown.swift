package import ElementCore

/// G2007: A parent that is not there.
package enum ParentUnknown {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("G2007"), symbol: "PARENT_UNKNOWN", severity: .error,
    title: LocalizedText(zh: "上级不存在", en: "A parent that is not there"),
    message: LocalizedText(
      zh: "“{header}”所指的上级不存在",
      en: "The parent that \"{header}\" names is not there"),
    rationale: LocalizedText(
      zh: "网格分级划分，每个网格都应挂在上一级之下。",
      en: "Grids are divided level by level, each under one of the level above."),
    fix: LocalizedText(
      zh: "核对上级编码；上级网格请一并导入。",
      en: "Check the code of the parent; load the grids of the level above too."),
    source: "DB32/T 2763-2015 5.1.1",
    failing: [RuleExample("网格编码,网格名称,上级网格编码\n01000032069900100101,第一网格,01000032069900100102", dataset: "grid")],
    passing: [
      RuleExample(
        "网格编码,网格名称,上级网格编码\n01000032069900100102,第二网格,\n01000032069900100101,第一网格,01000032069900100102", dataset: "grid")
    ], waivability: .never)
}
