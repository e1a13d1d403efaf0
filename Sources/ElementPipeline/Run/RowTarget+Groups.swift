import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// A record of a batch as it was compared with what is stored.
  struct Compared {
    /// Its place among the records of its batch, from 0.
    let record: Int
    let action: RowAction
    /// The number of the stored row that it goes on for; 0 for none.
    let id: Int64
    /// Its place among the completed rows; nil where it says all itself.
    var completed: Int?
    /// What the stored row held where groups look, of one that changes there.
    var before: [Int: [UInt8]]?
  }

  /// Whether a row differs from the stored one `before` it where groups look.
  func movesInGroups(_ change: RowComparer.Change, _ before: [Int: [UInt8]]) -> Bool {
    groups.contains { $0.fields.contains { before[$0, default: []][...] != change.row.value(change.place, $0) } }
  }

  /// The records of a batch as they were compared; `completed` of them were put together, and of some it is known what was `stored`.
  static func compared(
    _ records: [Int32], _ found: RowComparer.Comparison, _ completed: [Int], _ stored: [Int: [Int: [UInt8]]]
  ) -> [Compared] {
    var next = completed.makeIterator()
    var (place, coming) = (0, next.next())
    return records.indices.map { number in
      let record = Int(records[number])
      var compared = Compared(record: record, action: found.actions[number], id: found.ids[number], before: stored[record])
      if coming == record {
        compared.completed = place
        (place, coming) = (place + 1, next.next())
      }
      return compared
    }
  }

  /// Notes where records of a batch stand in groups beside what is stored; `completed` are those that were put together.
  func noteGroups(_ checked: CheckedBatch, _ records: [Compared], completed: CheckedBatch?, _ index: Int) throws {
    let plan = inputs[index].1
    let changed = records.indices.filter { records[$0].before != nil }
    let before = BatchChecker.grouped(
      checked.replacing(changed.map { records[$0].record }) { records[changed[$0]].before?[$1]?[...] ?? [] }, plan)
    var next = 0
    for compared in records {
      let row = RowReference(input: index, row: Int(checked.source.spots[compared.record].row), standing: .written)
      let own = (checked, compared.record)
      let after = compared.completed.flatMap { place in completed.map { ($0, place) } } ?? own
      let stored = compared.before == nil ? after : (before, next)
      if compared.before != nil { next += 1 }
      for place in groups.indices {
        if compared.action == .wait {
          groups[place].wait(row, id: compared.id)
        } else if compared.before == nil, compared.completed == nil {
          try groups[place].take(row, id: compared.id, checked, compared.record, plan)
        } else {
          let alone = GroupPlace(checked, compared.record, rule: groups[place].rule)
          try groups[place].take(row, id: compared.id, alone: alone, after: after, before: stored, plan)
        }
      }
    }
  }

  /// Notes which stored rows records that wait for errors of their own would change, where they count in a group.
  func noteWaiting(_ decision: BatchDecision, _ index: Int) throws {
    guard !groups.isEmpty, let comparer else { return }
    let checked = decision.checked
    for (record, action) in decision.settled.lazy.map({ (Int($0), $1) }) where action == .wait && checked.keyIsSound[record] {
      let places = groups.indices.filter { GroupPlace(checked, record, rule: groups[$0].rule).matches }
      if places.isEmpty { continue }
      let row = RowReference(input: index, row: Int(checked.source.spots[record].row), standing: .written)
      let id = try comparer.partner(of: checked, record)
      for place in places {
        if let id {
          groups[place].wait(row, id: id)
        } else {
          try groups[place].take(row, id: 0, checked, record, inputs[index].1)
        }
      }
    }
  }

  /// Notes where a record that several rows make stands in groups beside what is stored, before it takes the place of the first of them.
  func noteGroups(of union: KeyUnions.Union) throws {
    guard !groups.isEmpty, let comparer, let id = try comparer.partner(of: union.row, 0) else { return }
    let (first, index) = (union.parts[0].row, union.parts[0].row.input)
    let completed = try comparer.completed(union.row, 0, by: id) { rows, origins, records in
      BatchChecker.judge(rows, origins, union.row, records, inputs[index].1)
    }
    let values = try comparer.storedValues(of: watchedFields, id)
    let before = BatchChecker.grouped(union.row.replacing([0]) { values[$1]?[...] ?? [] }, inputs[index].1)
    for place in groups.indices {
      // What the rows alone say is not asked: some of it was counted at the first one.
      try groups[place].take(
        first.standing(.written), id: id, alone: GroupPlace(union.row, 0, rule: groups[place].rule),
        after: (completed ?? union.row, 0), before: (before, 0), inputs[index].1, isUnited: true)
    }
  }

  /// Where a stored row of a number came from, in words.
  func place(ofStored id: Int64) throws -> LocalizedText {
    guard let (batch, row) = try comparer?.origin(of: id) else { bug("a stored row without a warehouse") }
    return LocalizedText(zh: "第 \(batch) 批第 \(row) 行", en: "batch \(batch) row \(row)")
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
