/// What taking a batch back came to, or what keeps it from being taken back.
package struct UndoReport: Sendable {
  /// A batch that changed rows of the one that is taken back, and how many.
  package struct Conflict: Sendable, Hashable {
    /// The dataset of the rows.
    package let dataset: String
    /// The later batch, or the batch of another row that has the key now.
    package let batch: Int
    /// How many rows.
    package let count: Int
    /// What some of them are known by, at most `BatchUndo.samples`.
    package let rows: [[Name]]
  }

  /// A value that a row is known by.
  package struct Name: Sendable, Hashable {
    /// The field, and what it holds.
    package let field, value: String
  }

  /// Rows that name a row which leaves.
  package struct BrokenReference: Sendable, Hashable {
    /// The dataset of the rows.
    package let dataset: String
    /// The field that names the row.
    package let field: String
    /// The dataset of what it names.
    package let target: String
    /// How many rows.
    package let count: Int
  }

  /// The batch that takes back; nil where nothing was to be written.
  package var batch: Int?
  /// Rows that leave: the batch had created them.
  package var removed = 0
  /// Rows that come back whole: the batch had ended them.
  package var restored = 0
  /// Of how many records what the batch made was removed for good; nil where none were to be.
  package var erased: Int?
  /// Rows that get their former values back.
  package var reverted = 0
  /// Rows that are open again, and that are closed again, because the batch does not stand any more.
  package var (opened, closed) = (0, 0)
  /// What changed rows of the batch since.
  package var conflicts: [Conflict] = []
  /// Rows that name a row which leaves.
  package var brokenReferences: [BrokenReference] = []
  /// Whether conflicts keep the batch from being taken back.
  package var isRefused = false
  /// The digest of the warehouse afterwards.
  package var digest = ""
  /// How many rows stand there before and afterwards.
  package var (storedBefore, storedAfter) = (0, 0)
}

/// A field by which rows name those of another dataset.
package struct StoredReference: Sendable, Hashable {
  /// The dataset of the rows, and their field.
  package let dataset, field: String
  /// The dataset of what they name, and the field that the name stands in.
  package let target, targetField: String

  /// A field of a dataset that names rows of a target by one of their fields.
  package init(dataset: String, field: String, target: String, targetField: String) {
    (self.dataset, self.field, self.target, self.targetField) = (dataset, field, target, targetField)
  }
}
