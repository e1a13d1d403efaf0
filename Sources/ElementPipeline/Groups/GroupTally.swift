/// Counts, for one group rule, the rows of each group that meet its condition.
struct GroupTally {
  private struct Entry {
    var count: Int32
    var firstMatch: RowReference
    var first: RowReference
  }

  private var entries: [UInt64: Entry] = [:]
  private var further: [UInt64: [RowReference]] = [:]

  /// Notes a row of a group.
  mutating func add(group: UInt64, matches: Bool, row: RowReference) {
    guard var entry = entries[group] else {
      entries[group] = Entry(count: matches ? 1 : 0, firstMatch: row, first: row)
      return
    }
    if matches {
      if entry.count == 0 { entry.firstMatch = row } else { further[group, default: []].append(row) }
      entry.count += 1
      entries[group] = entry
    }
  }

  /// The rows that meet the condition, of each group with more than `most` of them.
  func exceeding(_ most: Int) -> [[RowReference]] {
    further.compactMap { group, rows in
      guard let entry = entries[group], Int(entry.count) > most else { return nil }
      return [entry.firstMatch] + rows
    }
  }

  /// The first row of each group with fewer than `least` rows that meet the condition.
  func short(of least: Int) -> [RowReference] {
    entries.values.filter { Int($0.count) < least }.map(\.first)
  }
}
