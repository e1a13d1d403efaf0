package import ElementCore

/// F0106: Sample data.
package enum SampleData {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0106"), symbol: "SAMPLE_DATA", severity: .warning,
    title: LocalizedText(zh: "示例数据", en: "Sample data"),
    message: LocalizedText(
      zh: "含示例区划 320699 的记录 {count} 条：这是示例数据",
      en: "{count} records hold the example division 320699: this is sample data"),
    rationale: LocalizedText(
      zh: "320699 从未被启用，只用于示例，任何人都不会有这样的号码。",
      en: "320699 was never assigned and is used by samples only; nobody holds such a number."),
    fix: LocalizedText(
      zh: "不要把示例数据导入正式台账库。",
      en: "Keep sample data out of a real warehouse."),
    source: "architecture §8",
    failing: [RuleExample("公民身份号码,姓名\n320699200001010012,示例甲")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")],
    aboutReferenceData: true)

  /// The finding about so many values of the example county.
  package static func finding(count: Int) -> Finding {
    descriptor.finding(facts: ["count": String(count)], count: count)
  }
}
