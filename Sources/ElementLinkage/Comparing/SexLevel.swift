/// Whether two records are of one sex; from the number where the column is empty.
package enum SexLevel: Int, Sendable, CaseIterable {
  /// Both are men, or both women.
  case same
  /// Another.
  case differ
  /// One side does not say.
  case none
}
