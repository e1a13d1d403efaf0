/// Collects findings: every one is counted, and the first ones of each code are kept; of errors all, unless told otherwise.
package struct FindingBuffer: Sendable {
  /// What is counted apart: a code at one severity.
  package struct Key: Hashable, Sendable {
    /// The rule whose findings are counted together.
    package let code: RuleCode
    /// How bad they are: one rule may warn here and refuse there.
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
  /// How many findings of one code are kept; nil keeps all.
  package var limit: Int?
  /// Whether errors are kept beyond the limit.
  private let keepsErrors: Bool

  /// What is only counted here, because enough of it was kept before.
  private let saturated: Set<Key>

  /// An empty buffer that keeps at most `limit` findings of a code, of errors all where it `keepsErrors`, and none of what is
  /// `saturated`.
  package init(limit: Int? = 1_000, saturated: Set<Key> = [], keepsErrors: Bool = true) {
    (self.limit, self.keepsErrors) = (limit, keepsErrors)
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
    guard let limit, severity < .error || !keepsErrors else { return true }
    return seen < limit && !saturated.contains(key)
  }

  /// Keeps a finding that was counted.
  package mutating func keep(_ finding: Finding) {
    findings.append(finding)
  }

  /// Counts a finding and keeps it where there is room; false where it is an error without.
  @discardableResult
  package mutating func add(_ finding: Finding) -> Bool {
    let hasRoom = count(finding.code, finding.severity)
    if hasRoom { keep(finding) }
    return hasRoom || finding.severity < .error
  }

  /// Takes over what another buffer, later in the input, has counted and kept; returns the errors that there is no room for.
  @discardableResult
  package mutating func merge(_ other: FindingBuffer) -> [Finding] {
    var room: [Key: Int] = [:]
    var surplus: [Finding] = []
    for finding in other.findings {
      let key = Key(code: finding.code, severity: finding.severity)
      let left = room[key] ?? (limit.map { max(0, $0 - counts[key, default: 0]) } ?? Int.max)
      if left > 0 || keepsErrors && finding.severity == .error {
        findings.append(finding)
      } else if finding.severity == .error {
        surplus.append(finding)
      }
      room[key] = left - 1
    }
    counts.merge(other.counts, uniquingKeysWith: +)
    return surplus
  }

  /// Puts the findings into the order of rows, columns and codes.
  package mutating func sort() {
    findings.sort { ($0.row, $0.column, $0.code) < ($1.row, $1.column, $1.code) }
  }

  /// Removes the errors of a code about a field, of which there were so many, kept or not.
  package mutating func drop(_ code: RuleCode, field: Int, count: Int) {
    findings.removeAll { $0.code == code && $0.field == field }
    let key = Key(code: code, severity: .error)
    counts[key] = counts[key].flatMap { $0 > count ? $0 - count : nil }
  }

  /// The number of findings of one severity.
  package func count(_ severity: Severity) -> Int {
    counts.reduce(0) { $1.key.severity == severity ? $0 + $1.value : $0 }
  }
}
