package import ElementCore

/// F0103: Columns left out by decision.
package enum ColumnLeftOut {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0103"), symbol: "COLUMN_LEFT_OUT", severity: .info,
    title: LocalizedText(zh: "按规定不采集的列", en: "Columns left out by decision"),
    message: LocalizedText(
      zh: "“{header}”按规定不采集：{reason}",
      en: "\"{header}\" is left out by decision: {reason}"),
    rationale: LocalizedText(
      zh: "有些信息按个人信息保护的要求不采集、不保存。",
      en: "Some items are not kept, for the protection of personal information."),
    fix: LocalizedText(
      zh: "请从名册中删除这一列，不要再收集。",
      en: "Remove the column from the roster and stop collecting it."),
    source: "PIPL art. 6, 28",
    failing: [RuleExample("公民身份号码,姓名,宗教信仰\n11010519491231002X,示例甲,无")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])

  /// The finding about a column (from 1) that is left out by decision.
  package static func finding(heading: String, reason: LocalizedText, column: Int, line: Int) -> Finding {
    descriptor.finding(
      line: line, column: column, facts: ["header": heading, "reason": reason.zh, "reasonEn": reason.en])
  }
}
