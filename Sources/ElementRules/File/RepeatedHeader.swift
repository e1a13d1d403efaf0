import ElementCore

/// F0121: A header that comes again.
enum RepeatedHeader {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0121"), symbol: "REPEATED_HEADER", severity: .info,
    title: LocalizedText(zh: "表头重复", en: "A header that comes again"),
    message: LocalizedText(
      zh: "有 {count} 行与表头相同，已跳过，第一个在第 {line} 行",
      en: "{count} rows are the header again and were passed over, the first on line {line}"),
    rationale: LocalizedText(
      zh: "几份表拼在一起时，每份的表头也留在中间。",
      en: "Where several lists were put together, the header of each stays in between."),
    fix: LocalizedText(
      zh: "无需处理；这些行不计入读取行数。",
      en: "Nothing to do; these rows are not counted as read."),
    source: "GB/T 31000-2015",
    failing: [RuleExample("公民身份号码,姓名,户籍地址\n11010519491231002X,示例甲,示例路1号\n公民身份号码,姓名,户籍地址\n440524188001010014,示例乙,示例路2号")],
    passing: [RuleExample("公民身份号码,姓名,户籍地址\n11010519491231002X,示例甲,示例路1号\n440524188001010014,示例乙,示例路2号")])
}
