package import ElementCore

/// Counts, for one way to group, rows in the order of the delivery, the rows of each group that meet its condition: 12 bytes a group, and a
/// fifteenth or a third for room.
package struct GroupTally: Sendable {
  /// The group's hash and the number of its first row that matches, or of its first row as long as none does; beside the
  /// hash how that row stands, and whether it matches.
  private var table: SlotTable
  private var ordinals = RowOrdinals()
  /// The rows that match behind the first.
  private var further: [UInt64: [RowReference]] = [:]
  private static let matchBit: UInt32 = 4

  /// A tally for so many groups; it grows where there are more.
  package init(expected: Int, isRoomy: Bool = false) {
    table = SlotTable(stride: 3, expected: expected, isRoomy: isRoomy)
  }

  /// Gets ready for many groups: see `SlotTable.warm`.
  package mutating func warm(_ groups: Span<UInt64>) { table.warm(groups) }

  /// Notes a row of a group.
  package mutating func add(_ row: RowReference, in place: GroupPlace) {
    let (group, matches) = (place.group, place.matches)
    let (slot, isNew) = table.slot(group)
    let isFirstMatch = matches && (isNew || table[spare: slot] & Self.matchBit == 0)
    if isNew || isFirstMatch {
      table[slot, 2] = ordinals.number(row)
      table[spare: slot] = row.standing.rawValue | (matches ? Self.matchBit : 0)
    } else if matches {
      further[group, default: []].append(row)
    }
  }

  /// The groups with more than `most` rows that meet the condition.
  package func groups(above most: Int) -> [UInt64] { further.compactMap { $1.count + 1 > most ? $0 : nil } }

  /// Each group with fewer than `least` rows that meet the condition, and a row of it: the first of these, or else the first of all.
  package func short(of least: Int) -> [(group: UInt64, row: RowReference)] {
    // Most groups have one, and of these nothing more need be asked where one is enough.
    table.usedSlots.filter { !hasMatch($0) || least > 1 && matches($0) < least }.map { (table.hash($0), row($0)) }
  }

  /// The rows of a group that meet the condition, in the order of the delivery.
  package func matching(_ group: UInt64) -> [RowReference] {
    guard let slot = table.find(group), hasMatch(slot) else { return [] }
    // What became known of a row later was added later.
    return further[group].map { ([row(slot)] + $0).sorted() } ?? [row(slot)]
  }

  /// Whether a group has rows.
  package func has(_ group: UInt64) -> Bool { table.find(group) != nil }

  /// The first row of a group that meets the condition, or else the first; nil for a group without rows.
  package func first(_ group: UInt64) -> RowReference? { table.find(group).map(row) }

  private func hasMatch(_ slot: Int) -> Bool { table[spare: slot] & Self.matchBit != 0 }

  private func row(_ slot: Int) -> RowReference { ordinals.row(table[slot, 2], table[spare: slot] & 3) }

  private func matches(_ slot: Int) -> Int {
    hasMatch(slot) ? 1 + (further[table.hash(slot)]?.count ?? 0) : 0
  }
}
