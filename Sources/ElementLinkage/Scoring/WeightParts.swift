/// The weight of a pair, part by part, in 1/1024 bit: what a waterfall shows.
package struct WeightParts: Sendable {
  /// Where it begins: how many candidates are true pairs.
  package let prior: Int32
  /// What each comparison found, by the place of its level, and what that weighs.
  package let comparisons: [(comparison: PersonComparison, level: Int, weight: Int32)]
  /// What frequent or rare values add.
  package let frequency: Int32
  /// What comes of it.
  package let judgement: PairJudgement

  /// The parts of a pair.
  init(
    prior: Int32, comparisons: [(comparison: PersonComparison, level: Int, weight: Int32)], frequency: Int32,
    judgement: PairJudgement
  ) {
    (self.prior, self.comparisons, self.frequency, self.judgement) = (prior, comparisons, frequency, judgement)
  }
}
