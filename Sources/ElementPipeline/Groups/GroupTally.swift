import ElementCore

/// Counts, for one way to group, the rows of each group that meet its condition: 20 bytes a group, and a twelfth for room.
struct GroupTally {
  /// Group hash (two words), number of the first row, number of the first row that matches, their tags.
  private var table: SlotTable
  /// The rows that match behind the first.
  private var further: [UInt64: [RowReference]] = [:]

  /// A tally for so many groups; it grows where there are more.
  init(expected: Int) {
    table = SlotTable(stride: 5, expected: expected)
  }

  /// Gets ready for many groups: see `SlotTable.warm`.
  func warm(_ groups: [UInt64]) { table.warm(groups.span) }

  /// Notes a row of a group.
  mutating func add(group: UInt64, matches: Bool, row: RowReference) {
    let (slot, isNew) = table.slot(group)
    if isNew {
      table[slot, 2] = row.number
      table[slot, 4] = UInt32(row.tag)
    }
    guard matches else { return }
    if table[slot, 3] == 0 {
      table[slot, 3] = row.number
      table[slot, 4] |= UInt32(row.tag) << 16
    } else {
      further[group, default: []].append(row)
    }
  }

  /// The rows that meet the condition, of each group with more than `most` of them.
  func exceeding(_ most: Int) -> [[RowReference]] {
    further.compactMap { group, rows in
      let slot = table.find(group)
      guard rows.count + 1 > most else { return nil }
      return [RowReference(number: table[slot, 3], tag: UInt16(table[slot, 4] >> 16))] + rows
    }
  }

  /// The first row of each group with fewer than `least` rows that meet the condition.
  func short(of least: Int) -> [RowReference] {
    table.usedSlots.filter { matches($0) < least }.map {
      RowReference(number: table[$0, 2], tag: UInt16(truncatingIfNeeded: table[$0, 4]))
    }
  }

  private func matches(_ slot: Int) -> Int {
    table[slot, 3] == 0 ? 0 : 1 + (further[table.hash(slot)]?.count ?? 0)
  }
}
