/// A held load that cannot be gone on with, or given up.
package enum HoldRefusal: Error, Sendable, Equatable {
  /// There is no held load of that number.
  case notHeld(Int)
  /// Another batch went on with it, or gave it up.
  case answered(Int, by: Int)
  /// Its files are not kept any more.
  case gone(Int)
  /// Files, schemas, mapping or area are others than when it was held.
  case changed(Int)
}
