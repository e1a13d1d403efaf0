package import ElementCore

/// W0013: A record that belongs to the area of another office.
package enum OwnerOther {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0013"), symbol: "OWNER_OTHER", severity: .error,
    title: LocalizedText(zh: "归属待确认：另一单位近期报过这条记录", en: "A record that another office confirmed lately"),
    message: LocalizedText(
      zh: "“{header}”{value} 近期由 {sender}（区划 {area}）报送，本单位的区划不同；归属待确认",
      en:
        "\"{header}\" {value} was confirmed lately by {sender} (area {area}), which is not this sender's; whose it is must be settled"
    ),
    rationale: LocalizedText(
      zh: "两个单位都报同一条记录时，后来的一份会把它悄悄划走；统计和职责都跟着错。",
      en: "Where two offices list one record, the later list would take it over in silence, and with it counts and duties."),
    fix: LocalizedText(
      zh: "两个单位商定归属：不属于本单位的，从名册中删去；确已迁入的，用 yaosu quarantine retry --accept 交回这一行。",
      en:
        "Settle it between the two: take the row out where it is not this sender's; where it moved here, hand it in with yaosu quarantine retry --accept."
    ),
    source: "GB/T 31000")

  /// The finding about a row whose key field (from 0, its value masked) belongs to a sender in an area.
  package static func finding(
    _ row: RecordSpot, column: Int, field: Int, value: String, sender: String, area: String
  ) -> Finding {
    descriptor.finding(at: row, column: column, field: field, value: value, facts: ["sender": sender, "area": area])
  }
}
