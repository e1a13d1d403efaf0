package import ElementCore

/// A waiver as a warehouse keeps it: who made it and when, beside what it says.
package struct StoredWaiver: Sendable {
  /// Its number.
  package let id: Int64
  /// What it says.
  package let waiver: Waiver
  /// Whether it was taken back.
  package let isWithdrawn: Bool
  /// The rule whose findings it is about.
  package let code: RuleCode
  /// Who made it.
  package let operatorName: String
  /// When it was made, in UTC.
  package let madeAt: String
}

/// What a finding of a fingerprint was that a batch kept.
package struct KnownFinding: Sendable {
  /// The rule that is broken.
  package let code: RuleCode
  /// The dataset, by its identifier.
  package let dataset: String
  /// What it said, in Chinese; empty where no batch kept it.
  package let message: String
}
