package import ElementCore

/// What the decision about keys needs of a row: facts sorted by key, then by place, are folded; facts in the order of the delivery are
/// looked up in a table. Both come to the same.
package struct KeyFact: Sendable, Hashable {
  /// The hash of the row's key.
  package let key: UInt64
  /// What is kept of the hash of its content: 36 bits, which would be equal by chance once in 69 thousand million conflicts.
  package let mark: UInt64
  /// The row, written or quarantined for a reason of its own.
  package let row: RowReference

  /// A fact of a row whose content has a hash.
  package init(key: UInt64, content: UInt64, row: RowReference) {
    (self.key, mark, self.row) = (key, KeyFact.mark(content), row)
  }

  /// The 36 bits of a content's hash that are compared: its six highest, and its lowest without the last two.
  static func mark(_ content: UInt64) -> UInt64 { (content >> 58) << 32 | content & 0xFFFF_FFFC }
}

/// What became of a row's key.
package enum KeyOutcome: Sendable, Hashable {
  /// Seen for the first time.
  case first
  /// Seen before, with the same content and no other so far.
  case duplicate(of: RowReference)
  /// Seen before with other content.
  case conflict
}
