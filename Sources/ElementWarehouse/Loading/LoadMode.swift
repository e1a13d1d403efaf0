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
}
