import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// Whether a row differs from the stored one `before` it where groups look.
  func movesInGroups(_ change: RowComparer.Change, _ before: [Int: [UInt8]]) -> Bool {
    groups.contains { $0.fields.contains { before[$0, default: []][...] != change.row.value(change.place, $0) } }
  }

  /// Notes where records of a batch stand in groups beside what is stored.
  func noteGroups(
    _ checked: CheckedBatch, _ records: [Int32], _ found: RowComparer.Comparison, _ completed: Completed, _ index: Int
  ) throws {
    let plan = inputs[index].1
    let waiting = records.indices.filter { found.actions[$0] == .wait }
    let changed = completed.stored.keys.sorted()
    let others = waiting.map { Int(records[$0]) } + completed.records + changed
    var isOther = [Bool](repeating: false, count: checked.count)
    for record in others { isOther[record] = true }
    for place in groups.indices {
      try groups[place].take(checked, records, ids: found.ids, besides: isOther, input: index, plan)
    }
    if others.isEmpty { return }
    let isNone = [Bool](repeating: false, count: checked.count)
    func reference(_ record: Int) -> RowReference {
      RowReference(input: index, row: Int(checked.source.spots[record].row), standing: .written)
    }
    for number in waiting {
      for place in groups.indices {
        if found.ids[number] != 0 {
          groups[place].wait(reference(Int(records[number])), id: found.ids[number])
        } else {
          try groups[place].take(checked, [records[number]], ids: [0], besides: isNone, input: index, plan)
        }
      }
    }
    let before = BatchChecker.grouped(checked.replacing(changed) { completed.stored[changed[$0]]?[$1]?[...] ?? [] }, plan)
    let stays = Set(waiting.map { Int(records[$0]) })
    for record in Set(completed.records + changed).subtracting(stays).sorted() {
      let number = records.firstPlace { Int($0) >= record }
      guard number < records.count, records[number] == record else { bug("a record was put together that did not enter") }
      let whole = completed.records.firstPlace { $0 >= record }
      let isWhole = whole < completed.records.count && completed.records[whole] == record
      let old = changed.firstPlace { $0 >= record }
      let isChanged = old < changed.count && changed[old] == record
      for place in groups.indices {
        let rule = groups[place].rule
        let after = isWhole ? completed.rows.map { ($0, whole) } ?? (checked, record) : (checked, record)
        try groups[place].take(
          reference(record), id: found.ids[number], alone: checked.groupPlace(record, rule: rule), after: after,
          before: isChanged ? (before, old) : after, plan)
      }
    }
  }

  /// Notes which stored rows records that wait for errors of their own would change, where they count in a group.
  func noteWaiting(_ decision: BatchDecision, _ index: Int) throws {
    guard !groups.isEmpty, let comparer else { return }
    let checked = decision.checked
    for (record, action) in decision.settled.lazy.map({ (Int($0), $1) }) where action == .wait && checked.keyIsSound[record] {
      let places = groups.indices.filter { checked.groupPlace(record, rule: groups[$0].rule).matches }
      if places.isEmpty { continue }
      let row = RowReference(input: index, row: Int(checked.source.spots[record].row), standing: .written)
      let id = try comparer.partner(of: checked, record)
      for place in places {
        if let id {
          groups[place].wait(row, id: id)
        } else {
          let isNone = [Bool](repeating: false, count: checked.count)
          try groups[place].take(checked, [Int32(record)], ids: [0], besides: isNone, input: index, inputs[index].1)
        }
      }
    }
  }

  /// A record that several rows make, as it will stand in the place of a stored row, and the number of that; nil where there is none.
  private func completed(_ union: KeyUnions.Union) throws -> (row: CheckedBatch, id: Int64)? {
    guard let comparer, let id = try comparer.partner(of: union.row, 0) else { return nil }
    let plan = inputs[union.parts[0].row.input].1
    let row = try comparer.completed(union.row, 0, by: id) { BatchChecker.judge($0, $1, union.row, $2, plan) }
    return (row ?? union.row, id)
  }

  /// Whether what is stored of a record that several rows make mends all that it breaks.
  func isMended(_ union: KeyUnions.Union) throws -> Bool { try completed(union).map { !$0.row.hasError[0] } ?? false }

  /// Notes where a record that several rows make stands in groups beside what is stored, before it takes the place of the first of them.
  func noteGroups(of union: KeyUnions.Union) throws {
    guard !groups.isEmpty, let (row, id) = try completed(union) else { return }
    let (first, index) = (union.parts[0].row, union.parts[0].row.input)
    let values = try comparer?.storedValues(of: watchedFields, id) ?? [:]
    let before = BatchChecker.grouped(union.row.replacing([0]) { values[$1]?[...] ?? [] }, inputs[index].1)
    for place in groups.indices {
      // What the rows alone say is not asked: some of it was counted at the first one.
      try groups[place].take(
        first.standing(.written), id: id, alone: union.row.groupPlace(0, rule: groups[place].rule), after: (row, 0),
        before: (before, 0), inputs[index].1, isUnited: true)
    }
  }

  /// Where a stored row of a number came from, in words.
  func place(ofStored id: Int64) throws -> LocalizedText {
    if let known = origins[id] { return known }
    guard let (batch, row) = try comparer?.origin(of: id) else { bug("a stored row without a warehouse") }
    let place = LocalizedText(zh: "第 \(batch) 批第 \(row) 行", en: "batch \(batch) row \(row)")
    origins[id] = place
    return place
  }

  /// The groups of the dataset as they will stand, by the rule (from 0) that groups so first; `tallies` counted rows alone.
  func standings(_ tallies: [GroupTally]) throws -> [Int: GroupStanding] {
    func kind(_ row: RowReference) -> GroupStanding.Kind {
      if row.standing == .quarantined { return .waits(nil) }
      switch plan[row.input].rows[row.row] {
      case .update, .unchanged: return .stands
      case .wait: return .waits(nil)
      default: return .comes
      }
    }
    var standings: [Int: GroupStanding] = [:]
    for rule in Set(dataset.groupings) {
      if let place = groups.firstIndex(where: { $0.rule == rule }) {
        standings[rule] = try groups[place].standing(tallies[rule], inputs[0].1, kind: kind)
      } else {
        standings[rule] = GroupStanding(tallies[rule], [:], GroupStanding.Stored()) { _ in .comes }
      }
    }
    return standings
  }
}
