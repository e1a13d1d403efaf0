package import ElementCore

/// W0014: A grid that was closed.
package enum GridClosed {
  /// All there is to know about the rule.
  static let descriptor = RuleDescriptor(
    RuleCode("W0014"), symbol: "GRID_CLOSED", severity: .warning,
    title: LocalizedText(zh: "网格已撤销", en: "A grid that was closed"),
    message: LocalizedText(
      zh: "“{header}”{value} 这个网格已撤销，现为 {expected}",
      en: "\"{header}\" {value} was closed; what took over is {expected}"),
    rationale: LocalizedText(
      zh: "网格调整之后，旧编码仍在旧名册里流传；按旧编码统计，新网格就少了人和事。",
      en: "Old codes live on in old rosters; counted by them, the new grids lack people and events."),
    fix: LocalizedText(
      zh: "改用新的网格编码；成批的用 yaosu regrid 按对照表划转。",
      en: "Write the new code; many at once go by a table with yaosu regrid."),
    source: "DB3310/T 55-2019 5.1.4")

  /// The finding about a row whose grid (a field from 0) was closed; `successor` is empty where several took over, or nobody said which.
  package static func finding(_ row: RecordSpot, column: Int, field: Int, value: String, successor: String) -> Finding {
    var found = descriptor.finding(at: row, column: column, field: field, value: value)
    found.expected = successor.isEmpty ? "—" : successor
    return found
  }
}
