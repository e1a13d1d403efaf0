/// What a run of linkage found, as it is kept.
package struct LinkageRecord: Sendable {
  /// By what pairs were weighed: name, version, text and digest.
  package var model: (name: String, version: Int, text: String, digest: String)
  /// By what it was done beside the model.
  package var terms: LinkageTerms?
  /// The last batch whose rows were compared.
  package var lastBatch = 0
  /// How many pairs were compared, and how many became what: certain, auto, ask, guarded, apart.
  package var compared = 0
  /// How many of them became what.
  package var counts: (certain: Int, auto: Int, asked: Int, guarded: Int, apart: Int) = (0, 0, 0, 0, 0)
  /// How many pairs were not compared, since values are too frequent.
  package var leftOut = 0
  /// The datasets, in their order.
  package var datasets: [String] = []
  /// All rows, in the order of the datasets and of their numbers.
  package var rows: [LinkedRow] = []
  /// What is kept of the pairs.
  package var links: [StoredLink] = []
  /// Waiting rows, by their numbers, that fit stored ones; nil where they were not compared, and what is known of them stays.
  package var hints: [(waiting: Int64, name: RowName, pattern: Int64, weight: Int32)]?
  /// What people are to be asked.
  package var questions: [StoredQuestion] = []
  /// Which rows are one; nil where that is only found and not applied.
  package var entities: Entities?

  /// Entities, and what changed.
  package struct Entities: Sendable {
    /// The number of each row before, 0 for none, and now.
    package var before: [UInt32]
    /// The number of the entity of each row now.
    package var numbers: [UInt32]
    /// How each row is in its entity, by the places of `Self.ways`.
    package var ways: [UInt8]
    /// Numbers that were given, came back, and ended; the digest of the rows that one had that ended.
    package var created: [UInt32]
    /// Numbers that came back.
    package var restored: [UInt32]
    /// Numbers that ended, each with its successor and the digest of the rows it had.
    package var retired: [(number: UInt32, successor: UInt32?, members: UInt64)]
    /// How many numbers hold rows of several, and lost rows to others.
    package var merged: Int
    /// How many numbers lost rows to others.
    package var split: Int

    /// How a row is in its entity.
    package static let wayNames = ["single", "certain", "auto", "person"]

    /// Entities, and what changed.
    package init(
      before: [UInt32], numbers: [UInt32], ways: [UInt8], created: [UInt32], restored: [UInt32],
      retired: [(number: UInt32, successor: UInt32?, members: UInt64)], merged: Int, split: Int
    ) {
      (self.before, self.numbers, self.ways, self.created) = (before, numbers, ways, created)
      (self.restored, self.retired, self.merged, self.split) = (restored, retired, merged, split)
    }
  }

  /// A record of a run by a model.
  package init(model: (name: String, version: Int, text: String, digest: String)) { self.model = model }
}

/// A row that was compared.
package struct LinkedRow: Sendable, Hashable {
  /// Its number.
  package let id: Int64
  /// The batch that wrote it as it was.
  package let batch: Int32
  /// The place of its dataset, from 0.
  package let dataset: Int32

  /// A row.
  package init(id: Int64, batch: Int64, dataset: Int) {
    (self.id, self.batch, self.dataset) = (id, Int32(truncatingIfNeeded: batch), Int32(truncatingIfNeeded: dataset))
  }
}
