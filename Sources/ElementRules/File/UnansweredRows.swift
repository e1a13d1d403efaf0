import ElementCore

/// F0125: Rows of a work list that nobody filled in.
enum UnansweredRows {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0125"), symbol: "UNANSWERED_ROWS", severity: .info,
    title: LocalizedText(zh: "工作清单有未填的行", en: "Rows of a work list that nobody filled in"),
    message: LocalizedText(
      zh: "工作清单中有 {count} 行没有填写，已跳过，第一个在第 {line} 行",
      en: "{count} rows of the work list were not filled in and were passed over, the first on line {line}"),
    rationale: LocalizedText(
      zh: "清单上的编号是事先印好的，没有填写的行还不是记录。",
      en: "The numbers of a list are printed in advance: a row that nobody filled in is no record yet."),
    fix: LocalizedText(
      zh: "无需处理；以后填好再交，编号相同，不会重复。",
      en: "Nothing to do; filled in later and sent again, rows are known by their numbers and come in once."),
    source: "DB32/T 2763-2015 11.1.3",
    failing: [
      RuleExample("走访编号,网格员编号,走访时间,走访结果\nQD20240502-1-V001,W1,2024-05-02 09:00,见面\nQD20240502-1-V002,W1,,", dataset: "visit")
    ],
    passing: [
      RuleExample("走访编号,网格员编号,走访时间,走访结果\nQD20240502-1-V001,W1,2024-05-02 09:00,见面\nV002,W1,,", dataset: "visit")
    ])
}
