/// A request that cannot be answered: another delivery had it, or what it loaded was taken back.
package struct RequestRefusal: Error, Sendable, Equatable {
  /// What whoever asks calls the request.
  package let request: String
  /// The batch that was loaded for it.
  package let batch: Int
  /// Whether that was taken back.
  package let isUndone: Bool
}
