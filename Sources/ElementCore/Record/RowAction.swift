/// What becomes of a row of a delivery.
package enum RowAction: UInt8, Sendable, CaseIterable {
  /// It is new.
  case create = 1
  /// It takes the place of a stored row of its key.
  case update
  /// It says what the stored row of its key says.
  case unchanged
  /// It says what an earlier row of the delivery says.
  case duplicate
  /// It waits for correction.
  case wait
  /// It has no key and turned out to be a row that has it: it becomes a version of that.
  case join

  /// The name in plans.
  package var name: String { String(describing: self) }
}
