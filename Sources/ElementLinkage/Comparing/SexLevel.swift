/// Whether two records are of one sex; from the number where the column is empty.
package enum SexLevel: Int, Sendable, CaseIterable {
  /// The same.
  case same
  /// Another.
  case differ
  /// One side does not say.
  case none
}
