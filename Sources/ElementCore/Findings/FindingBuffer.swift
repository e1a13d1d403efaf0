/// The findings of one batch: every one is counted, and those that there is room for are kept.
package struct FindingBuffer: Sendable {
  /// The findings kept, in the order found until they are sorted.
  package private(set) var findings: [Finding] = []
  /// How many there were.
  package private(set) var counts: FindingCounts

  /// An empty buffer that keeps what `counts` has room for.
  package init(_ counts: FindingCounts = FindingCounts()) { self.counts = counts }

  /// Counts a finding about a field (-1 for none) and says whether there is room to keep it.
  package mutating func count(_ code: RuleCode, _ severity: Severity, field: Int) -> Bool {
    counts.count(code, severity, field: field)
  }

  /// Keeps a finding that was counted.
  package mutating func keep(_ finding: Finding) { findings.append(finding) }

  /// Counts a finding and keeps it where there is room.
  package mutating func add(_ finding: Finding) {
    if count(finding.code, finding.severity, field: finding.field) { keep(finding) }
  }

  /// Changes the findings kept, one by one.
  package mutating func forEach(_ body: (inout Finding) -> Void) {
    for place in findings.indices { body(&findings[place]) }
  }

  /// Puts the findings into the order of rows, columns and codes.
  package mutating func sort() {
    findings.sort { ($0.row, $0.column, $0.code) < ($1.row, $1.column, $1.code) }
  }
}
