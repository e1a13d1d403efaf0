/// What rows of a delivery may do to a dataset.
package enum LoadMode: String, Sendable, CaseIterable {
  /// Create and change rows.
  case upsert
  /// Create rows only: one whose key is stored waits.
  case insert
  /// Change rows only: one whose key is not stored waits.
  case patch
  /// Create and change rows; those of a scope that the delivery lacks are closed.
  case replace
  /// Close the rows that the delivery lists, by their keys: what a package says that is gone. One whose key is not stored changes nothing.
  case close

  /// Whether a delivery need not say all that a row is recognised by, since it speaks of stored rows alone.
  package var isAboutStored: Bool { self == .patch || self == .close }

  /// The name that a batch keeps: a table of format 4 knows no word for closing, which is an option of a correction there.
  var storedName: String { self == .close ? LoadMode.patch.rawValue : rawValue }
}
