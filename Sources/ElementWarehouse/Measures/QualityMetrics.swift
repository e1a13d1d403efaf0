/// Figures of a day as they add up: of each indicator A and B, of a dataset or all, of a grid or all.
struct QualityMetrics {
  private(set) var shares: [QualityReading.Place: QualityReading.Share] = [:]

  /// Adds to A and B of an indicator of a dataset in a grid, nil for what is of none, and so to those of the dataset, of the grid and of all.
  mutating func add(_ indicator: String, _ dataset: String, grid: String?, _ numerator: Int, of denominator: Int) {
    if denominator == 0 { return }
    var places: Set = [QualityReading.Place(indicator, dataset: dataset), QualityReading.Place(indicator)]
    if let grid { places.insert(QualityReading.Place(indicator, grid: grid)) }
    for place in places {
      let before = shares[place]
      shares[place] = QualityReading.Share(
        numerator: (before?.numerator ?? 0) + numerator, denominator: (before?.denominator ?? 0) + denominator)
    }
  }
}
