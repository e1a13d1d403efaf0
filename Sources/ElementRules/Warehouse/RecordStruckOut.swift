package import ElementCore

/// W0021: A record that a list of closings names is closed.
package enum RecordStruckOut {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0021"), symbol: "RECORD_STRUCK_OUT", severity: .info,
    title: LocalizedText(zh: "清单列出的记录关闭", en: "A record that the list names is closed"),
    message: LocalizedText(
      zh: "“{header}”{value}（{origin}）在要关闭的清单上",
      en: "\"{header}\" {value} ({origin}) is on the list of what is to be closed"),
    rationale: LocalizedText(
      zh: "清单（--mode close）说这些记录在报送单位已经不在：不再算在册，但不删除。",
      en:
        "The list (--mode close) says that these records are gone where they came from: they count no more, and are not deleted."
    ),
    fix: LocalizedText(
      zh: "列错的，撤销本批；再次报送的记录会恢复在册。",
      en: "Where one is named by mistake, take the batch back; a record that is sent again is open again."),
    source: "GB/T 31000")

  /// The finding about a stored record, known by a field (from 0, its value masked), that came from a batch and a row of it.
  package static func finding(field: Int, value: String, origin: LocalizedText) -> Finding {
    Finding(
      descriptor.code, descriptor.severity, field: field, value: value,
      facts: ["origin": origin.zh, "originEn": origin.en])
  }

  /// The finding about so many more records that are not named, known by a field (from 0).
  package static func finding(others count: Int, field: Int) -> Finding {
    Finding(
      descriptor.code, descriptor.severity, field: field, value: "…",
      facts: ["origin": "另 \(count) 条", "originEn": "\(count) more"], count: count)
  }
}
