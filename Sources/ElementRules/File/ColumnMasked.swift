package import ElementCore

/// F0104: A masked column.
package enum ColumnMasked {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("F0104"), symbol: "COLUMN_MASKED", severity: .error,
    title: LocalizedText(zh: "整列已脱敏", en: "A masked column"),
    message: LocalizedText(
      zh: "“{header}”一列多数已脱敏（{count} 行），无法核对和入库，请索取未脱敏的名册",
      en: "Most of \"{header}\" is masked ({count} rows), so it can be neither checked nor stored; ask for the unmasked list"),
    rationale: LocalizedText(
      zh: "脱敏后的号码不能识别人，也不能与台账比对。",
      en: "A masked number identifies nobody and cannot be compared with the warehouse."),
    fix: LocalizedText(
      zh: "请向提供方索取未脱敏的名册。",
      en: "Ask the sender for the unmasked list."),
    source: "identifiers §E",
    failing: [RuleExample("公民身份号码,姓名\n1101**********002X,示例甲\n1101**********0021,示例乙")],
    passing: [RuleExample("公民身份号码,姓名\n11010519491231002X,示例甲")])

  /// The finding about a field (from 0) of whose column (from 1) so many values are masked.
  package static func finding(count: Int, column: Int, field: Int) -> Finding {
    descriptor.finding(column: column, field: field, facts: ["count": String(count)], count: count)
  }
}
