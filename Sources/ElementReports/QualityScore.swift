package import ElementWarehouse

/// What indicators come to: a dimension is the mean of those that were evaluated, the total the weighted mean of its dimensions. What was not
/// evaluated is left out and named, never taken for 0 or for all.
package struct QualityScore: Sendable, Hashable {
  /// Each indicator that was evaluated, by its code, as a share of 0 to 1; of one with parts the mean of them.
  package let indicators: [String: Double]
  /// Each dimension that was evaluated.
  package let dimensions: [QualityDimension: Double]
  /// The total; nil where nothing was evaluated.
  package let total: Double?

  /// The score of shares of indicators, by their codes.
  package init(_ shares: [String: QualityReading.Share], _ goals: QualityGoals) {
    let indicators = QualityIndicator.all(of: goals.standard)
    let codes = Set(indicators.map(\.code))
    var found = shares.filter { codes.contains($0.key) }.mapValues(\.value)
    let parts = Dictionary(grouping: indicators.filter { $0.whole != nil && found[$0.code] != nil }) {
      $0.whole ?? ""
    }
    for (whole, parts) in parts {
      let values = parts.compactMap { found[$0.code] }
      found[whole] = values.reduce(0, +) / Double(values.count)
    }
    self.indicators = found
    let wholes = indicators.filter { $0.whole == nil && found[$0.code] != nil }
    dimensions = Dictionary(grouping: wholes, by: \.dimension).mapValues { own in
      own.reduce(0) { $0 + (found[$1.code] ?? 0) } / Double(own.count)
    }
    let weighed = dimensions.map { ($1, Double(goals.weights[$0] ?? 0)) }
    let weight = weighed.reduce(0) { $0 + $1.1 }
    total = weight == 0 ? nil : weighed.reduce(0) { $0 + $1.0 * $1.1 } / weight
  }
}
