/// Why a file for what no longer fits in memory cannot be written or read.
package struct SpillError: Error, Sendable {
  /// The number of the error as the system gives it.
  package let number: Int32

  /// Whether the disk, or what one may have of it, is full.
  package let isFull: Bool

  /// An error of the system.
  init(_ number: Int32, isFull: Bool) {
    (self.number, self.isFull) = (number, isFull)
  }
}
