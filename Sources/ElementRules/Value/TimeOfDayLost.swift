import ElementCore

/// V1321: A date with a time of the day.
enum TimeOfDayLost {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("V1321"), symbol: "TIME_OF_DAY_LEFT_OUT", severity: .info,
    title: LocalizedText(zh: "日期中还有时间", en: "A date with a time of the day"),
    message: LocalizedText(
      zh: "“{header}”的单元格除日期外还有时间，只取日期",
      en: "The cell of \"{header}\" holds a time of the day too; only its day was taken"),
    rationale: LocalizedText(
      zh: "单元格的格式只显示日期，其数值里还有时间。",
      en: "The format of the cell shows a day, and its number has a time too."),
    fix: LocalizedText(
      zh: "无需处理；时间也要保存的，请用有时间的项目。",
      en: "Nothing to do; where the time matters use an item that keeps it."),
    source: "ECMA-376 part 1, 18.17.4")
}
