package import ElementCore

/// W0004: A stored number of 15 digits that became one of 18.
package enum KeyCorrected {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0004"), symbol: "KEY_CORRECTED", severity: .info,
    title: LocalizedText(zh: "15 位号码更正为 18 位", en: "A number of 15 digits that became one of 18"),
    message: LocalizedText(
      zh: "“{header}”{value} 在台账中是 15 位旧号码：是同一个人，号码已更正，原有内容保留",
      en:
        "\"{header}\" {value} stands in the warehouse with 15 digits: the same person, whose number is corrected and whose record goes on"
    ),
    rationale: LocalizedText(
      zh: "18 位号码由 15 位旧号码加世纪和校验码而来；当作另一个人登记，一个人就成了两个。",
      en:
        "A number of 18 digits is the old one with the century and a check character; taken for somebody else's, one person would be two."
    ),
    fix: LocalizedText(zh: "无需处理。", en: "Nothing to do."),
    source: "GB 11643-1999; GB 11643-1989")

  /// The finding about a row whose key field (from 0, its value masked) is the new form of the stored one.
  package static func finding(_ row: RecordSpot, column: Int, field: Int, value: String) -> Finding {
    descriptor.finding(at: row, column: column, field: field, value: value)
  }
}
