package import ElementCore

/// Tells keys that were seen before, as `KeyFold` does, rows in the order of the delivery: 16 bytes a distinct key, and a fifteenth or a third for room.
package struct KeyIndex: Sendable {
  /// The key's hash, the number of its first row, 30 bits of the content's mark (see `KeyFact`) and how the row stands; six more bits of
  /// the mark beside the key's.
  private var table: SlotTable
  private var ordinals = RowOrdinals()
  /// All rows of the keys that stand with different contents, first row first.
  package private(set) var conflicts: [UInt64: [RowReference]] = [:]
  /// The second row of each key that stands twice with one content, and those behind it: most have none.
  private var duplicates: [UInt64: RowReference] = [:]
  private var furtherDuplicates: [UInt64: [RowReference]] = [:]

  /// An index for so many keys; it grows where there are more.
  package init(expected: Int, isRoomy: Bool = false) {
    table = SlotTable(stride: 4, expected: expected, isRoomy: isRoomy)
  }

  /// Gets ready for many keys: see `SlotTable.warm`.
  package mutating func warm(_ keys: Span<UInt64>) { table.warm(keys) }

  /// Forgets the keys and leaves the conflicts, when all rows are noted.
  package mutating func dropTable() { table = SlotTable(stride: 4, expected: 0) }

  /// Notes a row, written or quarantined for a reason of its own; rows count from 1.
  package mutating func insert(_ fact: KeyFact) -> KeyOutcome {
    let (key, row) = (fact.key, fact.row)
    let (slot, isNew) = table.slot(key)
    let (high, low) = (UInt32(truncatingIfNeeded: fact.mark >> 32), UInt32(truncatingIfNeeded: fact.mark))
    if isNew {
      table[spare: slot] = high
      table[slot, 2] = ordinals.number(row)
      table[slot, 3] = low | row.standing.rawValue
      return .first
    }
    let isSound = row.standing == .written
    if conflicts[key] != nil {
      conflicts[key]?.append(isSound ? row.standing(.conflicting) : row)
      return .conflict
    }
    let first = ordinals.row(table[slot, 2], table[slot, 3] & 3)
    if table[slot, 3] & ~3 == low, table[spare: slot] == high {
      noteDuplicate(key, isSound ? row.standing(.duplicate) : row)
      return .duplicate(of: first)
    }
    let equal = (duplicates[key].map { [$0] } ?? []) + (furtherDuplicates[key] ?? [])
    conflicts[key] = [first] + equal + [isSound ? row.standing(.conflicting) : row]
    return .conflict
  }

  private mutating func noteDuplicate(_ key: UInt64, _ row: RowReference) {
    if duplicates[key] == nil {
      duplicates[key] = row
    } else {
      furtherDuplicates[key, default: []].append(row)
    }
  }
}
