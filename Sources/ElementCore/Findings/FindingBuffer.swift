/// Collects findings: every one is counted; errors are all kept, of the rest the first ones of each code.
package struct FindingBuffer: Sendable {
  /// What is counted apart: a code at one severity.
  package struct Key: Hashable, Sendable {
    /// The rule.
    package let code: RuleCode
    /// Its severity.
    package let severity: Severity

    /// A code at a severity.
    package init(code: RuleCode, severity: Severity) {
      self.code = code
      self.severity = severity
    }
  }

  /// The findings kept, in the order found.
  package private(set) var findings: [Finding] = []
  /// How many there were of each code and severity.
  package private(set) var counts: [Key: Int] = [:]
  /// How many findings of one code below error are kept; nil keeps all.
  package var limit: Int?

  /// What is only counted here, because enough of it was kept before.
  private let saturated: Set<Key>

  /// An empty buffer that keeps at most `limit` findings of a code below error, and none of what is `saturated`.
  package init(limit: Int? = 1_000, saturated: Set<Key> = []) {
    self.limit = limit
    self.saturated = saturated
  }

  /// What has been kept as often as the limit allows.
  package var full: Set<Key> {
    guard let limit else { return [] }
    return Set(counts.lazy.filter { $0.key.severity < .error && $0.value >= limit }.map(\.key))
  }

  /// Counts a finding and says whether there is room to keep it.
  package mutating func count(_ code: RuleCode, _ severity: Severity) -> Bool {
    let key = Key(code: code, severity: severity)
    let seen = counts[key, default: 0]
    counts[key] = seen + 1
    guard severity < .error, let limit else { return true }
    return seen < limit && !saturated.contains(key)
  }

  /// Keeps a finding that was counted.
  package mutating func keep(_ finding: Finding) {
    findings.append(finding)
  }

  /// Counts a finding and keeps it where there is room.
  package mutating func add(_ finding: Finding) {
    if count(finding.code, finding.severity) { keep(finding) }
  }

  /// Takes over what another buffer, later in the input, has counted and kept.
  package mutating func merge(_ other: FindingBuffer) {
    var room: [Key: Int] = [:]
    for finding in other.findings {
      let key = Key(code: finding.code, severity: finding.severity)
      let left = room[key] ?? (limit.map { max(0, $0 - counts[key, default: 0]) } ?? Int.max)
      if finding.severity == .error || left > 0 { findings.append(finding) }
      room[key] = left - 1
    }
    counts.merge(other.counts, uniquingKeysWith: +)
  }

  /// Puts the findings into the order of rows, columns and codes.
  package mutating func sort() {
    findings.sort { ($0.row, $0.column, $0.code) < ($1.row, $1.column, $1.code) }
  }

  /// Removes the findings for which `isDropped` holds, from the counts too, and returns how many went.
  @discardableResult
  package mutating func drop(where isDropped: (Finding) -> Bool) -> Int {
    let before = findings.count
    for finding in findings where isDropped(finding) {
      counts[Key(code: finding.code, severity: finding.severity), default: 0] -= 1
    }
    findings.removeAll(where: isDropped)
    counts = counts.filter { $0.value > 0 }
    return before - findings.count
  }

  /// The number of findings of one severity.
  package func count(_ severity: Severity) -> Int {
    counts.reduce(0) { $1.key.severity == severity ? $0 + $1.value : $0 }
  }
}
