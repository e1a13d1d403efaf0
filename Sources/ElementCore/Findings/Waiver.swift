/// What somebody decided for a time: findings of a rule, or one finding, count and are told, and no row waits for them (暂缓整改).
package struct Waiver: Sendable, Hashable {
  /// Which findings it is about.
  package enum Target: Sendable, Hashable {
    /// Every finding that a rule makes, of old rows and of new ones.
    case code(RuleCode)
    /// One, in every run.
    case fingerprint(FindingFingerprint)
  }

  /// Which findings.
  package let target: Target
  /// Of which dataset, by its identifier; nil for all.
  package let dataset: String?
  /// The last day that it holds.
  package let until: CalendarDate
  /// Why.
  package let reason: String

  /// A waiver.
  package init(_ target: Target, dataset: String? = nil, until: CalendarDate, reason: String) {
    (self.target, self.dataset, self.until, self.reason) = (target, dataset, until, reason)
  }

  /// The target as it is written in a command.
  package var name: String {
    switch target {
    case .code(let code): code.description
    case .fingerprint(let fingerprint): fingerprint.text
    }
  }

  /// The target that a word names: a code or a fingerprint; nil for neither.
  package static func target(_ word: String) -> Target? {
    if let fingerprint = FindingFingerprint(parsing: word) { return .fingerprint(fingerprint) }
    return RuleCode(parsing: word.uppercased()).map { .code($0) }
  }
}

/// The waivers of a run, sorted by whether they hold on its day.
package struct Waivers: Sendable {
  /// Those that hold.
  package let inForce: [Waiver]
  /// Those that have ended.
  package let ended: [Waiver]

  /// No waivers.
  package init() { (inForce, ended) = ([], []) }

  /// Waivers on a day, that one included.
  package init(_ all: [Waiver], on day: CalendarDate) {
    inForce = all.filter { day <= $0.until }
    // Of two about the same findings one that holds is enough.
    let holding = Set(inForce.map { [$0.name, $0.dataset ?? ""] })
    var told = holding
    ended = all.sorted { $0.until > $1.until }.filter { $0.until < day && told.insert([$0.name, $0.dataset ?? ""]).inserted }
  }

  /// The rules of which all findings of a dataset are waived.
  package func codes(of dataset: String) -> Set<RuleCode> {
    Set(
      inForce.compactMap { waiver in
        guard case .code(let code) = waiver.target, waiver.isAbout(dataset) else { return nil }
        return code
      })
  }

  /// The findings that are waived one by one.
  package var fingerprints: Set<FindingFingerprint> { Waivers.fingerprints(inForce) }

  /// The findings that were waived one by one.
  package static func fingerprints(_ waivers: [Waiver]) -> Set<FindingFingerprint> {
    Set(
      waivers.compactMap { waiver in
        guard case .fingerprint(let fingerprint) = waiver.target else { return nil }
        return fingerprint
      })
  }
}

extension Waiver {
  /// Whether it is about findings of a dataset.
  package func isAbout(_ dataset: String) -> Bool { self.dataset.map { $0.utf8.elementsEqual(dataset.utf8) } ?? true }
}
