package import ElementCore

/// W0016: A scope in which no record lies.
package enum ScopeEmpty {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0016"), symbol: "SCOPE_EMPTY", severity: .warning,
    title: LocalizedText(zh: "范围内没有一条在册记录", en: "A scope in which no record lies"),
    message: LocalizedText(
      zh: "台账中没有一条在册记录在这个范围内，因此没有关闭任何记录",
      en: "no open record of the warehouse lies in the scope, so none was closed"),
    rationale: LocalizedText(
      zh: "范围写错一位，名册就什么也没有替换，而缺少的记录都还在。",
      en: "With one wrong digit a roster replaces nothing, and whoever it lacks stays."),
    fix: LocalizedText(
      zh: "核对 --scope：区划或网格编码、字段和值是否与台账一致。",
      en: "Check --scope: whether code, field and value are as the warehouse has them."),
    source: "GB/T 31000")

  /// What is told of a delivery that replaces nothing because nobody is where it says.
  package static func finding() -> Finding { Finding(descriptor.code, descriptor.severity) }
}
