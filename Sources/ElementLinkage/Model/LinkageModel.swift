package import ElementSchema

/// How records of one kind are compared, weighed and grouped: a file of `schemas/linkage`, which a site may replace.
package struct LinkageModel: Sendable {
  /// How groups must agree before they join.
  package enum GroupTest: String, Sendable, CaseIterable {
    /// The mean weight of all pairs across is not negative.
    case average
    /// No pair across is below what is asked about.
    case complete
    /// One pair is enough.
    case single
  }

  /// The name, which stands in results.
  package let name: String
  /// The version, from 1.
  package let version: Int
  /// What it compares.
  package let kind: LinkageKind
  /// The share of true pairs among candidates before anything is compared, 0 to 1.
  package var prior: Double
  /// Pairs of so many bits are linked without a person; in 1/1024 bit.
  package var auto: Int32
  /// Pairs of so many bits are asked about; in 1/1024 bit.
  package var ask: Int32
  /// How groups must agree before they join.
  package var test: GroupTest
  /// The most rows of one group.
  package let entityCap: Int
  /// The bounds of blocking.
  package let blocking: BlockingLimits
  /// Guards that the site has lifted.
  package let lifted: Set<LinkageGuard>
  /// The shares of each comparison's levels, by the level's place, as the file gives them.
  package var shares: [PersonComparison: [Int: LevelWeights.Shares]]
  /// What is compared in files that no dataset describes; nil for a model of people.
  package let plan: ColumnPlan?
  /// The text of the file.
  package let text: String
  /// SHA-256 of the text, in lower-case hexadecimal.
  package let digest: String

  /// The same with other shares.
  func fitted(_ shares: [PersonComparison: [Int: LevelWeights.Shares]], prior: Double) -> LinkageModel {
    var model = self
    (model.shares, model.prior) = (shares, prior)
    return model
  }

  /// What is compared, in the order in which levels stand in a pattern: each by its name, with those of its levels.
  package var comparisons: [(name: String, levels: [String])] {
    plan.map { $0.columns.map { ($0.name, $0.levels) } } ?? PersonComparison.allCases.map { ($0.name, $0.levels) }
  }

  /// The weight of a certain link, in bits: more than all comparisons together.
  static let certain: Int32 = 40 * LevelWeights.bit
}
