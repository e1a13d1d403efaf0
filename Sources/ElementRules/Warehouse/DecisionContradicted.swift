package import ElementCore

/// W0026: Somebody said that two rows are one, and what stands there now forbids it.
package enum DecisionContradicted {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0026"), symbol: "DECISION_CONTRADICTED", severity: .warning,
    title: LocalizedText(zh: "核对结论不再成立", en: "An answer that cannot hold"),
    message: LocalizedText(
      zh: "{left} 与 {right} 核对为同一个，现在不能成立：{reason}",
      en: "{left} and {right} were said to be one, which cannot be now: {reason}"),
    rationale: LocalizedText(
      zh: "核对之后记录变了（例如补上了不同的有效号码）：按旧结论合并会把两个人并成一个。",
      en: "The rows changed after the answer, such as by two valid numbers that differ: joined by it, two people would be one."),
    fix: LocalizedText(
      zh: "用 yaosu dedupe review 重新核对这一题；原结论保留在记录里。",
      en: "Look at the question again with yaosu dedupe review; the former answer stays on record."),
    source: "linkage: decisions")
}
