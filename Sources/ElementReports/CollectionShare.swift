import ElementSchema
import ElementWarehouse

/// What is known of the records that a dataset should have, and of those that were verified what was found right.
struct CollectionShare {
  /// The identifier of the dataset.
  let dataset: String
  /// Records known ÷ records that should be; nil where no baseline says it.
  let collected: QualityReading.Share?
  /// Records found right ÷ records verified; nil where none was.
  let verified: QualityReading.Share?
}

extension QualityReport {
  /// The least share collected, and the least found right, of DB32/T 2763-2015 clause 11.1.
  static let (collectionTarget, accuracyTarget) = (0.9, 0.95)

  /// The datasets of which a baseline or a verification says something, in the order of the schemas.
  var collections: [CollectionShare] {
    datasets.compactMap { dataset in
      let collected = reading.shares[QualityReading.Place(QualityReading.collection, dataset: dataset.name)]
      let verified = reading.shares[QualityReading.Place("0301", dataset: dataset.name)]
      return collected == nil && verified == nil
        ? nil : CollectionShare(dataset: dataset.name, collected: collected, verified: verified)
    }
  }
}
