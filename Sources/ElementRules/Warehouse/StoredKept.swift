package import ElementCore

/// W0020: Stored values that stand against delivered ones.
package enum StoredKept {
  /// All there is to know about the rule.
  package static let descriptor = RuleDescriptor(
    RuleCode("W0020"), symbol: "STORED_KEPT", severity: .info,
    title: LocalizedText(zh: "沿用库中的值", en: "Stored values that stand against delivered ones"),
    message: LocalizedText(
      zh: "“{header}”有 {count} 行与库中不同：{why}，沿用库中的值",
      en: "In {count} rows \"{header}\" says something else than the warehouse: {why}, and the stored value stands"),
    rationale: LocalizedText(
      zh: "几家都报同一项时，数据规范写明以谁的为准：日期较晚的，或级别高的报送单位的。报来的值没有入库，但随批次保留，可以追溯。",
      en:
        "Where several offices report an item, its schema says whose value stands: the one with the later date, or that of the better sender. What was delivered is not stored, but kept with the batch."
    ),
    fix: LocalizedText(
      zh: "报来的值确实更准时，日期填错的用 --mode patch 更正，或请级别高的单位更正。",
      en:
        "Where the delivered value is right, correct a wrong date with --mode patch, or let the better sender correct the value."
    ),
    source: "warehouse: what a row means beside what is stored")

  /// The finding about a field (from 0) in whose column (from 1) so many values lost; `isByDate` says against what.
  package static func finding(_ count: Int, column: Int, field: Int, isByDate: Bool) -> Finding {
    descriptor.finding(
      column: column, field: field,
      facts: [
        "count": String(count), "why": isByDate ? "库中的日期较晚" : "库中的值来自级别更高的报送单位",
        "whyEn": isByDate ? "its date is later" : "it came from a better sender",
      ], count: count)
  }
}
