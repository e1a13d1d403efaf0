import ElementCore

/// N0105: Read from other columns.
enum ReadDerived {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("N0105"), symbol: "READ_DERIVED", severity: .info,
    title: LocalizedText(zh: "由其他栏读出", en: "Read from other columns"),
    message: LocalizedText(
      zh: "“{header}”由其他栏读出",
      en: "\"{header}\" was read from other columns"),
    rationale: LocalizedText(
      zh: "台账用“是否已死亡”“死亡日期”等栏表示状态，台账库统一存为状态代码。",
      en: "Ledgers say with a flag and a date what the warehouse keeps as a status."),
    fix: LocalizedText(
      zh: "无需处理；原栏照样保存。",
      en: "Nothing to do; the columns are kept as well."),
    source: "the life of a record",
    failing: [RuleExample("公民身份号码,姓名,是否已死亡,死亡日期\n11010519491231002X,示例甲,是,2024-05-01")],
    passing: [RuleExample("公民身份号码,姓名,是否已死亡\n11010519491231002X,示例甲,否")])
}
