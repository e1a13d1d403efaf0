/// A row of a delivery in 64 bits: input, row and how it stands.
package struct RowReference: Hashable, Sendable, Comparable {
  /// How a row stands before the groups are decided.
  package enum Standing: UInt32, Sendable {
    /// Entered into its table.
    case written = 0
    /// Waiting for a reason of its own.
    case quarantined = 1
    /// Not entered: it shares its key with another.
    case conflicting = 2
    /// Not entered: equal to an earlier row.
    case duplicate = 3
  }

  /// The data row, from 1.
  package let number: UInt32
  /// Input and standing.
  package let tag: UInt32

  /// A row of an input (from 0, of 24 bits), from 1.
  package init(input: Int, row: Int, standing: Standing) {
    number = UInt32(row)
    tag = UInt32(input) << 2 | standing.rawValue
  }

  /// A row from its parts.
  package init(number: UInt32, tag: UInt32) {
    self.number = number
    self.tag = tag
  }

  /// A row that was entered, by its `place`.
  package init(place: UInt64) {
    self.init(input: Int(place >> 32), row: Int(place & 0xFFFF_FFFF), standing: .written)
  }

  /// The input of the run, from 0.
  package var input: Int { Int(tag >> 2) }
  /// The data row, from 1.
  package var row: Int { Int(number) }
  /// How it stands.
  package var standing: Standing { Standing(rawValue: tag & 3) ?? .written }
  /// Input and row in one number, in the order of the delivery.
  package var place: UInt64 { UInt64(tag >> 2) << 32 | UInt64(number) }

  /// Whether both name the same row.
  package func isSameRow(_ other: RowReference) -> Bool { place == other.place }

  /// The same row, standing otherwise.
  package func standing(_ standing: Standing) -> RowReference { RowReference(input: input, row: row, standing: standing) }

  /// The order of the delivery.
  package static func < (left: RowReference, right: RowReference) -> Bool { (left.place, left.tag) < (right.place, right.tag) }
}
