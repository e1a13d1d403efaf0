package import ElementCore

/// Which findings are shown, and which make a run fail.
package struct FindingFilter: Sendable {
  /// Codes or beginnings of codes that are shown; none for all.
  package var select: [String] = []
  /// Codes or beginnings of codes that are not shown.
  package var ignore: [String] = []
  /// The severity at which a run fails; nil for never.
  package var failOn: Severity? = .error

  /// A filter that shows all and fails on errors.
  package init() {}

  /// Whether findings of a rule are shown.
  package func shows(_ code: RuleCode) -> Bool {
    let text = code.description
    if ignore.contains(where: { text.utf8.starts(with: $0.utf8) }) { return false }
    return select.isEmpty || select.contains { text.utf8.starts(with: $0.utf8) }
  }

  /// Whether what a run found makes it fail: findings that are `waived` do not.
  package func fails(_ findings: FindingCounts, waived: [FindingCounts.Key: Int]) -> Bool {
    guard let failOn else { return false }
    return findings.counts.contains { $0.key.severity >= failOn && shows($0.key.code) && $0.value > waived[$0.key] ?? 0 }
  }
}
