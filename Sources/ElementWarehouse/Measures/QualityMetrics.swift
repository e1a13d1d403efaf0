/// Figures of a day: of each indicator A and B, of a dataset or all, of a grid or all.
struct QualityMetrics {
  /// What a figure is of.
  struct Place: Hashable, Comparable {
    /// The code of the indicator.
    let indicator: String
    /// The identifier of the dataset; empty for all.
    let dataset: String
    /// The grid code; empty for all.
    let grid: String

    static func < (left: Place, right: Place) -> Bool {
      // All three are ASCII, so comparing texts compares bytes.
      (left.indicator, left.dataset, left.grid) < (right.indicator, right.dataset, right.grid)
    }
  }

  /// What is good, of what was counted.
  struct Share: Hashable {
    var numerator = 0
    var denominator = 0
  }

  /// What records without a grid are put under.
  static let noGrid = QualityReading.noGrid

  private(set) var shares: [Place: Share] = [:]

  /// Adds to A and B of an indicator of a dataset in a grid, nil for what is of none, and so to those of the dataset, of the grid and of all.
  mutating func add(_ indicator: String, _ dataset: String, grid: String?, _ numerator: Int, of denominator: Int) {
    if denominator == 0 { return }
    var places: Set = [
      Place(indicator: indicator, dataset: dataset, grid: ""), Place(indicator: indicator, dataset: "", grid: ""),
    ]
    if let grid { places.insert(Place(indicator: indicator, dataset: "", grid: grid)) }
    for place in places {
      shares[place, default: Share()].numerator += numerator
      shares[place, default: Share()].denominator += denominator
    }
  }
}
