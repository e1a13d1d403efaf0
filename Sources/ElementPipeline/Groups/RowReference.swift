/// A row of a delivery in one word: input, row and how it stands.
struct RowReference: Hashable, Sendable, Comparable {
  /// How a row stands before the groups are decided.
  enum Standing: UInt64, Sendable {
    /// Entered into its table.
    case written = 0
    /// Waiting for a reason of its own.
    case quarantined = 1
    /// Not entered: it shares its key with another.
    case pending = 2
    /// Not entered: equal to an earlier row.
    case duplicate = 3
  }

  private let bits: UInt64

  init(input: Int, row: Int, standing: Standing) {
    bits = UInt64(input) << 40 | UInt64(row) << 2 | standing.rawValue
  }

  var input: Int { Int(bits >> 40) }
  var row: Int { Int(bits >> 2 & 0x3F_FFFF_FFFF) }
  var standing: Standing { Standing(rawValue: bits & 3) ?? .written }

  /// Whether both name the same row.
  func isSameRow(_ other: RowReference) -> Bool { bits >> 2 == other.bits >> 2 }

  /// The same row, standing otherwise.
  func standing(_ standing: Standing) -> RowReference { RowReference(input: input, row: row, standing: standing) }

  static func < (left: RowReference, right: RowReference) -> Bool { left.bits < right.bits }
}
