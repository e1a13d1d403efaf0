import ElementCore

/// Tells keys that were seen before: 20 bytes a distinct key, and a twelfth for room.
struct KeyIndex {
  /// What became of a key.
  enum Outcome {
    /// Seen for the first time.
    case first
    /// Seen before with the same content.
    case duplicate(of: RowReference)
    /// Seen before with other content.
    case conflict
  }

  /// Key hash (two words), row, content and tag: 48 bits of the content's hash, whose halves would differ by chance once
  /// in 280 million million conflicts.
  private var table: SlotTable
  /// All rows of the keys that stand with different contents, first row first.
  private(set) var conflicts: [UInt64: [RowReference]] = [:]
  private var duplicates: [UInt64: [RowReference]] = [:]

  /// An index for so many keys; it grows where there are more.
  init(expected: Int) {
    table = SlotTable(stride: 5, expected: expected)
  }

  /// Gets ready for many keys: see `SlotTable.warm`.
  func warm(_ keys: [UInt64]) { table.warm(keys.span) }

  /// Forgets the keys and leaves the conflicts, when all rows are noted.
  mutating func dropTable() { table = SlotTable(stride: 5, expected: 0) }

  /// Notes a row, written or quarantined for a reason of its own; rows count from 1.
  mutating func insert(key: UInt64, content: UInt64, row: RowReference) -> Outcome {
    let (slot, isNew) = table.slot(key)
    let (low, high) = (UInt32(truncatingIfNeeded: content), UInt32(truncatingIfNeeded: content >> 32) & 0xFFFF)
    if isNew {
      table[slot, 2] = row.number
      table[slot, 3] = low
      table[slot, 4] = high | UInt32(row.tag) << 16
      return .first
    }
    let isSound = row.standing == .written
    if conflicts[key] != nil {
      conflicts[key]?.append(isSound ? row.standing(.pending) : row)
      return .conflict
    }
    let first = RowReference(number: table[slot, 2], tag: UInt16(table[slot, 4] >> 16))
    if table[slot, 3] == low, table[slot, 4] & 0xFFFF == high {
      duplicates[key, default: []].append(isSound ? row.standing(.duplicate) : row)
      return .duplicate(of: first)
    }
    conflicts[key] = [first] + (duplicates[key] ?? []) + [isSound ? row.standing(.pending) : row]
    return .conflict
  }
}
