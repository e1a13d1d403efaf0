package import ElementCore

/// W0017: A record that the roster lacks is closed.
package enum RecordClosed {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0017"), symbol: "RECORD_CLOSED", severity: .info,
    title: LocalizedText(zh: "名册没有的记录关闭", en: "A record that the roster lacks is closed"),
    message: LocalizedText(
      zh: "“{header}”{value}（{origin}）在范围内，名册没有",
      en: "\"{header}\" {value} ({origin}) lies in the scope and is not listed"),
    rationale: LocalizedText(
      zh: "名册是这个范围的全部：没有列入的记录不再算在册，但不删除。",
      en: "The roster is the whole of the scope: who is not listed counts no more, and is not deleted."),
    fix: LocalizedText(
      zh: "核对是否漏报；漏报的补进名册再导入，就恢复在册。",
      en: "See whether it was left out by mistake; listed again, it is open again."),
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
