package import ElementCore

/// F0105: Grid codes of another scheme.
package enum GridSchemeMismatch {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0105"), symbol: "GRID_SCHEME_MISMATCH", severity: .warning,
    title: LocalizedText(zh: "网格编码与设定的规则不符", en: "Grid codes of another scheme"),
    message: LocalizedText(
      zh: "“{header}”一列超过一半（{count} 行）不符合编码规则 {expected}",
      en: "More than half of \"{header}\" ({count} rows) do not fit the scheme {expected}"),
    rationale: LocalizedText(
      zh: "各地网格编码规则不同。一半以上不符，说明设定的规则不对，而不是数据全错。",
      en: "Grid codes differ from place to place. Where more than half do not fit, the setting is wrong rather than the data."),
    fix: LocalizedText(
      zh: "在 yaosu.yaml 中设置 grid.scheme（cjt349、unit15、stat12、stat12+N 或自定义文件）。",
      en: "Set grid.scheme in yaosu.yaml (cjt349, unit15, stat12, stat12+N or a file of your own)."),
    source: "identifiers §A, §B",
    failing: [RuleExample("公民身份号码,姓名,网格编码\n11010519491231002X,示例甲,110105005012001")],
    passing: [RuleExample("公民身份号码,姓名,网格编码\n11010519491231002X,示例甲,01000032068200100100")])

  /// The finding about a field (from 0) of whose column (from 1) so many codes miss a scheme.
  package static func finding(scheme: String, count: Int, column: Int, field: Int) -> Finding {
    descriptor.finding(
      column: column, field: field, expected: scheme, facts: ["count": String(count)], count: count)
  }
}
