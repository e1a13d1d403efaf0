/// The weight of a pair, part by part, in 1/1024 bit: what a waterfall shows.
package struct WeightParts: Sendable {
  /// Where it begins: how many candidates are true pairs.
  package let prior: Int32
  /// What each comparison, by its place among those of the model, found, by the place of its level, and what that weighs.
  package let comparisons: [(comparison: Int, level: Int, weight: Int32)]
  /// What frequent or rare values add.
  package let frequency: Int32
  /// What comes of it.
  package let judgement: PairJudgement

  /// The parts of a pair.
  package init(
    prior: Int32, comparisons: [(comparison: Int, level: Int, weight: Int32)], frequency: Int32,
    judgement: PairJudgement
  ) {
    (self.prior, self.comparisons, self.frequency, self.judgement) = (prior, comparisons, frequency, judgement)
  }
}
