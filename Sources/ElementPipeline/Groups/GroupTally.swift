import ElementCore

/// Counts, for one way to group, the rows of each group that meet its condition: 24 bytes a group, and a twelfth for room.
struct GroupTally {
  /// Group hash (two words), number of the first row, number of the first row that matches, their tags, matches.
  private var table: SlotTable
  private var further: [UInt64: [RowReference]] = [:]

  /// A tally for so many groups; it grows where there are more.
  init(expected: Int) {
    table = SlotTable(stride: 6, expected: expected)
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
    if table[slot, 5] == 0 {
      table[slot, 3] = row.number
      table[slot, 4] |= UInt32(row.tag) << 16
    } else {
      further[group, default: []].append(row)
    }
    table[slot, 5] += 1
  }

  /// The rows that meet the condition, of each group with more than `most` of them.
  func exceeding(_ most: Int) -> [[RowReference]] {
    further.compactMap { group, rows in
      let slot = table.find(group)
      guard Int(table[slot, 5]) > most else { return nil }
      return [RowReference(number: table[slot, 3], tag: UInt16(table[slot, 4] >> 16))] + rows
    }
  }

  /// The first row of each group with fewer than `least` rows that meet the condition.
  func short(of least: Int) -> [RowReference] {
    table.usedSlots.filter { Int(table[$0, 5]) < least }.map {
      RowReference(number: table[$0, 2], tag: UInt16(truncatingIfNeeded: table[$0, 4]))
    }
  }
}
