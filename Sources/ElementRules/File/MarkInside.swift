import ElementCore

/// F0123: A byte order mark inside.
enum MarkInside {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0123"), symbol: "MARK_INSIDE", severity: .info,
    title: LocalizedText(zh: "中间有标记（BOM）", en: "A byte order mark inside"),
    message: LocalizedText(
      zh: "有 {count} 行以标记（BOM）开头，已去掉，第一个在第 {line} 行",
      en: "{count} rows begin with a byte order mark, which was removed, the first on line {line}"),
    rationale: LocalizedText(
      zh: "几份文件首尾相接时，每份开头的标记留在中间；不去掉，主键就会多出一个看不见的字符。",
      en:
        "Where several files were put together the mark of each stays in between; kept, it would be an invisible part of a key."
    ),
    fix: LocalizedText(
      zh: "无需处理。",
      en: "Nothing to do."),
    source: "Unicode 16.0, 23.8",
    failing: [RuleExample("公民身份号码,姓名,户籍地址\n11010519491231002X,示例甲,示例路1号\n\u{FEFF}440524188001010014,示例乙,示例路2号")],
    passing: [RuleExample("公民身份号码,姓名,户籍地址\n11010519491231002X,示例甲,示例路1号\n440524188001010014,示例乙,示例路2号")])
}
