package import ElementCore

/// The groups of one grouping as they will stand: rows of a delivery, and stored members that it does not have. Who stands first keeps the
/// place: what is stored never waits for what comes.
package struct GroupStanding {
  /// How a delivered row that meets the condition stands in its group.
  package enum Kind: Sendable, Hashable {
    /// It met the condition there before.
    case stands
    /// It is new there.
    case comes
    /// It is new there and has no key yet: it may be one of those that are stored.
    case comesOpen
    /// It waits for other reasons, and what is stored of it (by this number; nil for nothing) stays.
    case waits(Int64?)
  }

  /// The members of a group that meet the condition.
  package struct Members: Sendable, Hashable {
    /// Those that stood there before, stored ones first.
    package var standing: [GroupMember]
    /// Those that the delivery brings, in its order.
    package var coming: [RowReference]
    /// How many they are.
    package var count: Int { standing.count + coming.count }
    /// Those of the delivery, in its order.
    package var delivered: [RowReference] { (standing.compactMap(\.row) + coming).sorted() }
  }

  /// The stored members of groups that the delivery does not have.
  package struct Stored: Sendable {
    /// The numbers of those that meet the condition, by group.
    package var matching: [UInt64: [Int64]] = [:]
    /// How many more meet the condition in each group and have no key yet: they may be who the delivery brings.
    package var open: [UInt64: Int] = [:]
    /// The groups that have others.
    package var others: Set<UInt64> = []

    /// None.
    package init() {}
  }

  private let tally: GroupTally
  private let shifts: [UInt64: GroupShift]
  private let stored: Stored
  private let isVoid: (RowReference) -> Bool
  private let kind: (RowReference) -> Kind
  /// Shifted rows that meet the condition of each group, in the order of the delivery.
  private var entering: [UInt64: [RowReference]] = [:]
  /// Stored rows that stay as they are because the row that would take their place waits.
  private var returned: [UInt64: [Int64]] = [:]
  /// The places of shifted rows that wait.
  private var waiting: Set<UInt64> = []

  /// The groups that a tally counted of rows alone, shifted ones (by their places) and void ones, which count as what is stored of them,
  /// aside; `kind` says how another row stands.
  package init(
    _ tally: GroupTally, _ shifts: [UInt64: GroupShift], _ stored: Stored,
    isVoid: @escaping (RowReference) -> Bool = { _ in false }, kind: @escaping (RowReference) -> Kind
  ) {
    (self.tally, self.shifts, self.stored, self.isVoid, self.kind) = (tally, shifts, stored, isVoid, kind)
    for shift in shifts.values.sorted(by: { $0.row < $1.row }) where shift.after.matches {
      entering[shift.after.group, default: []].append(shift.row)
    }
  }

  /// The members of a group that meet the condition.
  package func members(of group: UInt64) -> Members {
    let ids = (stored.matching[group] ?? []) + (returned[group] ?? [])
    var members = Members(standing: ids.map(GroupMember.stored), coming: [])
    let known = Set(ids)
    let own = tally.matching(group).filter { shifts[$0.place] == nil && !isVoid($0) }
    for row in (own + (entering[group] ?? [])).sorted() {
      switch kind(of: row) {
      case .stands: members.standing.append(.row(row))
      case .comes: members.coming.append(row)
      case .comesOpen: if ids.isEmpty { members.coming.append(row) }
      // Who waits and is stored is one and the same.
      case .waits(let id): if id.map(known.contains) != true { members.coming.append(row) }
      }
    }
    return members
  }

  /// How a delivered row stands in its group.
  package func kind(of row: RowReference) -> Kind {
    guard let shift = shifts[row.place] else { return kind(row) }
    if shift.before == shift.after { return .stands }
    return waiting.contains(row.place) ? .waits(shift.id) : .comes
  }

  /// Leaves the stored rows as they are whose place rows (by their places) would have taken that wait now; returns the groups that have more
  /// members for it.
  package mutating func leaveStanding(_ rows: some Sequence<UInt64>) -> Set<UInt64> {
    var groups: Set<UInt64> = []
    for place in rows {
      guard let shift = shifts[place], waiting.insert(place).inserted, shift.leaves else { continue }
      returned[shift.before.group, default: []].append(shift.id)
      groups.insert(shift.before.group)
    }
    return groups
  }

  /// The groups that may have more members than `most` that meet the condition.
  package func crowded(_ most: Int) -> Set<UInt64> {
    var groups = Set(tally.groups(above: most)).union(entering.keys)
    for group in stored.matching.keys where !tally.matching(group).isEmpty { groups.insert(group) }
    return groups
  }

  /// A delivered row of each group with fewer than `least` members that meet the condition: the first of these, or else the first of all.
  package func short(of least: Int) -> [RowReference] {
    var found: [UInt64: RowReference] = [:]
    for (group, row) in tally.short(of: least) where !isVoid(row) && shifts[row.place].map({ $0.after.group == group }) ?? true
    {
      found[group] = row
    }
    for shift in shifts.values.sorted(by: { $0.row < $1.row }) {
      // What counted alone may not count as it will stand.
      if let row = tally.first(shift.alone), shifts[row.place] == nil, !isVoid(row), found[shift.alone] == nil {
        found[shift.alone] = row
      }
      if shift.after.group != 0, shift.after != shift.before, found[shift.after.group] == nil {
        found[shift.after.group] = shift.row
      }
    }
    return found.filter { members(of: $0.key).count + stored.open[$0.key, default: 0] < least }.map(\.value).sorted()
  }

  /// The rows that leave a group which the delivery has no other row of, and which keeps members, fewer than `least` of whom meet the
  /// condition; rows that wait leave none.
  package func left(short least: Int) -> [RowReference] {
    shifts.values.filter { shift in
      let group = shift.before.group
      guard shift.leaves, !waiting.contains(shift.row.place), tally.first(group) == nil else { return false }
      let count = members(of: group).count + stored.open[group, default: 0]
      return count < least && (count > 0 || stored.others.contains(group))
    }.map(\.row).sorted()
  }
}
