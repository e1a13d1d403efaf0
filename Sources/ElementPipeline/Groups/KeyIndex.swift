/// Tells keys that were seen before: 24 bytes a distinct key, open addressing.
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

  private struct Slot {
    var key: UInt64 = 0
    var content: UInt64 = 0
    var row = RowReference(input: 0, row: 0, standing: .written)
  }

  private var slots = [Slot](repeating: Slot(), count: 1 << 12)
  private var count = 0
  /// All rows of the keys that stand with different contents, first row first.
  private(set) var conflicts: [UInt64: [RowReference]] = [:]
  private var duplicates: [UInt64: [RowReference]] = [:]

  /// Notes a row, written or quarantined for a reason of its own; row 0 marks a free slot, so rows count from 1.
  mutating func insert(key: UInt64, content: UInt64, row: RowReference) -> Outcome {
    if count * 4 >= slots.count * 3 { grow() }
    let place = find(key)
    if slots[place].row.row == 0 {
      slots[place] = Slot(key: key, content: content, row: row)
      count += 1
      return .first
    }
    let isSound = row.standing == .written
    if conflicts[key] != nil {
      conflicts[key]?.append(isSound ? row.standing(.pending) : row)
      return .conflict
    }
    if slots[place].content == content {
      duplicates[key, default: []].append(isSound ? row.standing(.duplicate) : row)
      return .duplicate(of: slots[place].row)
    }
    conflicts[key] = [slots[place].row] + (duplicates[key] ?? []) + [isSound ? row.standing(.pending) : row]
    return .conflict
  }

  private func find(_ key: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: key) & (slots.count - 1)
    while slots[place].row.row != 0, slots[place].key != key { place = (place + 1) & (slots.count - 1) }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.row.row != 0 { slots[find(slot.key)] = slot }
  }
}
