package import ElementCore

/// W0018: Records of other offices were not closed.
package enum OthersNotClosed {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0018"), symbol: "OTHERS_NOT_CLOSED", severity: .warning,
    title: LocalizedText(zh: "归其他单位的记录没有关闭", en: "Records of other offices were not closed"),
    message: LocalizedText(
      zh: "范围内名册没有的记录中，有 {count} 条近期由其他单位报送，没有关闭",
      en: "{count} records of the scope that the roster lacks were confirmed lately by other offices, and were not closed"),
    rationale: LocalizedText(
      zh: "一个单位的名册不能说明另一个单位的记录是否还在。",
      en: "The roster of one office does not say who is gone from another."),
    fix: LocalizedText(
      zh: "核对 --scope 是否超出本单位的区划；确应关闭的，由报送它的单位关闭。",
      en: "See whether --scope reaches beyond the sender; the office that confirmed a record closes it."),
    source: "GB/T 31000")

  /// The finding about so many records.
  package static func finding(_ count: Int) -> Finding {
    Finding(descriptor.code, descriptor.severity, facts: ["count": String(count)], count: count)
  }
}
