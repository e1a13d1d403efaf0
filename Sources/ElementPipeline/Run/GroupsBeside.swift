import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

/// What the rows of a delivery change in the groups of stored rows, by one way to group.
struct GroupsBeside {
  /// The rule that groups so first, from 0.
  let rule: Int
  /// The fields that it looks at, from 0.
  let fields: [Int]
  private let dataset: Dataset
  private let rows: GroupRows
  /// Whether stored members are looked up as rows come: else all stored rows are read when the last one came.
  private let looksUp: Bool
  /// Rows whose place is another than they say alone, by their places.
  private var shifts: [UInt64: GroupShift] = [:]
  /// The stored rows, by their numbers, that delivered ones stand for in groups.
  private var covered = NumberSet()
  /// The stored rows that are covered or stand in no group.
  private var seen = NumberSet()
  /// Rows that say alone what is not so, and change nothing: what is stored of them counts.
  private var void: [Int: NumberSet] = [:]
  private let storedCount: Int
  /// The stored rows of delivered ones that wait.
  private var waiting: [UInt64: Int64] = [:]
  /// The stored members of groups that were looked up, each group once: where they stand, by their numbers.
  private var known: [(id: Int64, place: GroupPlace)] = []
  private var lookedUp: Set<UInt64> = []
  /// Rows that meet the condition and have no key yet, by their places.
  private var open: Set<UInt64> = []
  /// Whether some row may have changed what a group has.
  private var hasChanges = false

  /// The groups of a rule (from 0); nil where nothing is stored that could stand in them.
  init?(_ comparer: RowComparer, _ dataset: Dataset, rule: Int) throws {
    guard let rows = try comparer.groupRows(rule: rule) else { return nil }
    (self.dataset, self.rows, self.rule, fields) = (dataset, rows, rule, dataset.groups[rule].fields)
    looksUp = rows.isIndexed && comparer.needsKeyIndex
    storedCount = comparer.storedCount
  }

  /// Notes that a delivered row waits, and which stored row it would change.
  mutating func wait(_ row: RowReference, id: Int64) { waiting[row.place] = id }

  /// Notes records (from 0, ascending) of a batch that say by themselves all there is to know of their places, those apart that are others by `isOther`, and the
  /// stored rows (0 for none) that they go on for.
  mutating func take(
    _ checked: CheckedBatch, _ records: [Int32], ids: [Int64], besides isOther: [Bool], input: Int, _ plan: CheckPlan
  ) throws {
    let (hashes, matches) = (checked.groupHash[rule], checked.groupMatch[rule])
    for (number, record) in records.lazy.map(Int.init).enumerated() where !isOther[record] {
      let id = ids[number]
      if id != 0 { seen.insert(id) }
      if hashes.isEmpty || hashes[record] == 0 { continue }
      if id == 0 {
        hasChanges = true
        if matches[record] { noteOpen(checked, record, input) }
      } else {
        covered.insert(id)
      }
      if looksUp { try lookUp(hashes[record], checked, record, plan) }
    }
  }

  /// Notes a new row that meets the condition where it has no key yet.
  private mutating func noteOpen(_ checked: CheckedBatch, _ record: Int, _ input: Int) {
    guard dataset.interim != nil, dataset.key.contains(where: { checked.value(record, $0).isEmpty }) else { return }
    open.insert(RowReference(input: input, row: Int(checked.source.spots[record].row), standing: .written).place)
  }

  /// Notes a row whose place may be another than it says alone.
  ///
  /// - Parameters:
  ///   - alone: its place as it was delivered.
  ///   - after: a batch with the row as it will stand, and its place there.
  ///   - before: a batch with the stored row of the number `id`, and its place there.
  ///   - isUnited: whether several rows make it, of which the first one was counted.
  mutating func take(
    _ row: RowReference, id: Int64, alone: GroupPlace, after: (CheckedBatch, Int), before: (CheckedBatch, Int),
    _ plan: CheckPlan, isUnited: Bool = false
  ) throws {
    let shift = GroupShift(
      row: row, id: id, before: before.0.groupPlace(before.1, rule: rule), after: after.0.groupPlace(after.1, rule: rule),
      alone: alone.group)
    let isPlain = !isUnited && shift.before == shift.after
    // A row that says nothing of its group, or not all, and stays in it is seen among the stored ones.
    if isPlain, alone != shift.after {
      if shift.after.group == 0 { seen.insert(id) }
      if alone.group != 0 { void[row.input, default: NumberSet()].insert(Int64(row.row)) }
      return
    }
    seen.insert(id)
    covered.insert(id)
    if isPlain { return alone.group == 0 ? () : try lookUp(alone.group, after.0, after.1, plan) }
    hasChanges = true
    shifts[row.place] = shift
    if shift.after.group != 0 { try lookUp(shift.after.group, after.0, after.1, plan) }
    if shift.before.group != 0 { try lookUp(shift.before.group, before.0, before.1, plan) }
  }

  /// Looks the stored members of a group up, once.
  private mutating func lookUp(_ group: UInt64, _ checked: CheckedBatch, _ record: Int, _ plan: CheckPlan) throws {
    guard looksUp, lookedUp.insert(group).inserted else { return }
    known += places(try rows.members(beside: checked, record), plan)
  }

  /// Where stored rows stand.
  private func places(_ rows: GroupRows.Rows, _ plan: CheckPlan) -> [(id: Int64, place: GroupPlace)] {
    let grouped = BatchChecker.grouped(rows.batch, plan)
    let (hashes, matches) = (grouped.groupHash[rule], grouped.groupMatch[rule])
    return rows.ids.indices.map { (rows.ids[$0], GroupPlace(group: hashes[$0], matches: matches[$0])) }
  }

  /// The groups as they will stand, of which a tally counted the rows alone; `kind` says how a row stands whose place is what it says.
  mutating func standing(
    _ tally: GroupTally, _ plan: CheckPlan, kind: @escaping (RowReference) -> GroupStanding.Kind
  ) throws -> GroupStanding {
    let left = Set(shifts.values.map(\.before.group))
    var stored = GroupStanding.Stored()
    let openIDs = try rows.openIDs()
    func add(_ id: Int64, _ place: GroupPlace) {
      if place.group == 0 || covered.contains(id) { return }
      if place.matches, openIDs.contains(id) {
        stored.open[place.group, default: 0] += 1
      } else if place.matches {
        stored.matching[place.group, default: []].append(id)
      } else if left.contains(place.group) {
        stored.others.insert(place.group)
      }
    }
    for (id, place) in known { add(id, place) }
    // Where the delivery has all that is stored there is nothing beside it.
    if !looksUp, seen.count < storedCount, hasChanges || !tally.short(of: 1).isEmpty {
      let wanted = left.union(shifts.values.map(\.after.group))
      try rows.forEach { rows in
        for (id, place) in places(rows, plan)
        where place.group != 0 && !covered.contains(id) && (tally.has(place.group) || wanted.contains(place.group)) {
          add(id, place)
        }
      }
    }
    for group in stored.matching.keys { stored.matching[group]?.sort() }
    return GroupStanding(tally, shifts, stored, isVoid: { [void] in void[$0.input]?.contains(Int64($0.row)) ?? false }) {
      [waiting, open] row in
      let kind = kind(row)
      if kind == .stands { return kind }
      if open.contains(row.place) { return .comesOpen }
      return kind == .comes ? kind : .waits(waiting[row.place])
    }
  }
}
