/// Counts findings, and says of each whether there is room to keep it: every one is counted, and the first ones of each code are kept; of
/// errors all, where that is asked for.
package struct FindingCounts: Sendable {
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

  /// How many there were of each code and severity.
  package private(set) var counts: [Key: Int] = [:]
  /// How many findings of one code are kept; nil keeps all.
  let limit: Int?
  /// Whether what is kept has a bound, however many findings there are.
  var isBounded: Bool { limit != nil && !keepsErrors }
  /// Whether errors are kept beyond the limit.
  private let keepsErrors: Bool
  /// What is only counted here, because enough of it was kept before.
  private let saturated: Set<Key>
  /// How many errors of each code and field had room: a column that is told as a whole takes none from the others.
  private var errors: [Room: Int] = [:]

  private struct Room: Hashable, Sendable {
    let code: RuleCode
    let field: Int
  }

  /// Counts of nothing, where at most `limit` findings of a code are kept, of errors all where it `keepsErrors`, and none of what is
  /// `saturated`.
  package init(limit: Int? = nil, saturated: Set<Key> = [], keepsErrors: Bool = true) {
    (self.limit, self.keepsErrors, self.saturated) = (limit, keepsErrors, saturated)
  }

  /// What below errors has been kept as often as the limit allows.
  package var full: Set<Key> {
    guard let limit else { return [] }
    return Set(counts.lazy.filter { $0.key.severity < .error && $0.value >= limit }.map(\.key))
  }

  /// Counts a finding about a field (-1 for none) and says whether there is room to keep it.
  mutating func count(_ code: RuleCode, _ severity: Severity, field: Int) -> Bool {
    let key = Key(code: code, severity: severity)
    let seen = counts[key, default: 0]
    counts[key] = seen + 1
    return hasRoom(key, seen, field: field)
  }

  /// Whether one more of a code is kept where so many were counted; of errors each field has room of its own.
  mutating func hasRoom(_ key: Key, _ seen: Int, field: Int) -> Bool {
    guard let limit, key.severity < .error || !keepsErrors else { return true }
    if key.severity < .error { return seen < limit && !saturated.contains(key) }
    let room = Room(code: key.code, field: field)
    let kept = errors[room, default: 0]
    guard kept < limit else { return false }
    errors[room] = kept + 1
    return true
  }

  /// Counts what others have counted.
  package mutating func add(_ other: FindingCounts) { counts.merge(other.counts, uniquingKeysWith: +) }

  /// Takes so many errors of a code out again.
  mutating func drop(_ code: RuleCode, count: Int) { drop(Key(code: code, severity: .error), count: count) }

  /// Takes so many findings out again.
  mutating func drop(_ key: Key, count: Int) {
    counts[key] = counts[key].flatMap { $0 > count ? $0 - count : nil }
  }

  /// The number of findings of one rule.
  package func count(_ code: RuleCode) -> Int { counts.reduce(0) { $1.key.code == code ? $0 + $1.value : $0 } }

  /// The number of findings of one severity.
  package func count(_ severity: Severity) -> Int {
    counts.reduce(0) { $1.key.severity == severity ? $0 + $1.value : $0 }
  }
}
