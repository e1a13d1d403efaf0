package import ElementCore

/// F0108: A column that seems to follow another list.
package enum CodeListSuspect {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0108"), symbol: "CODE_LIST_SUSPECT", severity: .warning,
    title: LocalizedText(zh: "一列像是用了别的代码表", en: "A column that seems to follow another list"),
    message: LocalizedText(
      zh: "“{header}”一列像是{list}",
      en: "The column \"{header}\" looks like {list}"),
    rationale: LocalizedText(
      zh: "两套代码数字相同、含义不同，逐条看不出来，整列看得出来。",
      en: "The same digits mean different things in two lists: no single row tells, the column does."),
    fix: LocalizedText(
      zh: "向报送单位确认所用代码表；确认后先换成本表的代码再导入，系统不会自动转换。",
      en: "Ask the sender which list they use and convert the codes before loading; nothing is converted automatically."),
    source: "datasets §3.2, §5.4",
    failing: [RuleExample("公民身份号码,姓名,学历\n11010519491231002X,示例甲,10\n440524188001010014,示例乙,50")],
    passing: [RuleExample("公民身份号码,姓名,学历\n11010519491231002X,示例甲,21")])

  /// The finding about a field (from 0) whose column (from 1) looks like another list.
  package static func finding(list: LocalizedText, column: Int, field: Int, line: Int) -> Finding {
    descriptor.finding(line: line, column: column, field: field, facts: ["list": list.zh, "listEn": list.en])
  }
}
