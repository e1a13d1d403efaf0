/// What a rule over neighbours keeps of a row: its group, its place in it, and the two values that are compared.
package struct SequencePoint: Sendable, Hashable {
  /// The hash of the group; 0 where the row belongs to none.
  package var group: UInt64 = 0
  /// What orders the rows of the group.
  package var order = 0.0
  /// The value that the next row is compared with; 0 where it is empty.
  package var last: UInt64 = 0
  /// The value that is compared with the row before; 0 where it is empty.
  package var next: UInt64 = 0

  /// A row without a group.
  package init() {}

  /// A number as 64 bits that are ordered as the numbers are, and never zero.
  package static func ordered(_ number: Double) -> UInt64 {
    let bits = number.bitPattern
    return max(1, bits >> 63 == 0 ? bits | 1 << 63 : ~bits)
  }
}
