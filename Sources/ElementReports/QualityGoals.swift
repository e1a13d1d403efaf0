package import ElementWarehouse

/// What a site wants its data to be: a target and a weight for each dimension.
package struct QualityGoals: Sendable, Hashable {
  /// The targets in per cent.
  package var targets: [QualityDimension: Double]
  /// The weights; of those that could be evaluated the mean is taken.
  package var weights: [QualityDimension: Int]
  /// How far data may move before a report says so.
  package var drift = DriftLimits()
  /// The standard whose indicators are counted.
  package var standard = QualityStandard.gbt36344
  /// The least totals in per cent of the site's own grades, the best first; empty where it has none.
  package var grades: [Double] = []

  /// Goals with the limits and indicators of a site that says nothing else.
  package init(targets: [QualityDimension: Double], weights: [QualityDimension: Int]) {
    (self.targets, self.weights) = (targets, weights)
  }

  /// The goals of a site that says nothing.
  package static let usual = QualityGoals(
    targets: [
      .standardisation: 98, .completeness: 95, .accuracy: 95, .consistency: 97, .timeliness: 90, .accessibility: 98,
    ], weights: Dictionary(uniqueKeysWithValues: QualityDimension.allCases.map { ($0, 1) }))

  /// The target of a dimension in per cent.
  package func target(_ dimension: QualityDimension) -> Double { targets[dimension] ?? 0 }

  /// The target of the total: the weighted mean of those of the dimensions.
  package var total: Double {
    let weight = weights.values.reduce(0, +)
    return weight == 0 ? 0 : weights.reduce(0) { $0 + Double($1.value) * target($1.key) } / Double(weight)
  }
}
