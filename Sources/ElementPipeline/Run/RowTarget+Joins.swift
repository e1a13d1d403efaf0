import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// Gives records of the delivery once more, by their first rows: each as it was delivered, and the rows that make it.
  typealias RecordsAgain = (
    _ rows: [RowReference], _ body: (_ record: (checked: CheckedBatch, place: Int), _ parts: [KeyUnions.Part]) throws -> Void
  ) throws -> Void

  /// Joins rows whose key is not known yet to those that have it, when no row is taken back any more; returns the rows of the delivery
  /// that are joined to others.
  func joinInterimRows(_ read: RecordsAgain) throws -> [RowReference] {
    guard let comparer else { return [] }
    let candidates = try comparer.interimCandidates { row($0).map { plan[$0.input].rows[$0.row] == .wait } ?? false }
    var joined: [RowReference] = []
    var takeovers: [RowReference: [InterimFold.Join]] = [:]
    let all = InterimFold.joins(open: candidates.open, keyed: candidates.keyed)
    for (_, joins) in Dictionary(grouping: all, by: \.keyed.id).sorted(by: { $0.key < $1.key }) {
      // The first stored row that a new row goes on for makes it no new row.
      let keyed = row(joins[0].keyed.place).flatMap { plan[$0.input].rows[$0.row] == .create ? $0 : nil }
      if let keyed, joins.contains(where: \.open.wasStored) {
        takeovers[keyed] = joins
      } else {
        joined += try join(joins, nil)
      }
    }
    try read(takeovers.keys.sorted()) { record, parts in
      guard let joins = takeovers[parts[0].row], let first = joins.first(where: \.open.wasStored) else {
        bug("a row was read that nobody asked for")
      }
      if let change = try takeOver(record, parts, first.open.id) { joined += try join(joins, (first, change)) }
    }
    return joined
  }

  /// Joins rows without a key to one that has it; `taken` says of a new row which stored row it takes the place of, and how.
  private func join(
    _ joins: [InterimFold.Join], _ taken: (first: InterimFold.Join, change: RowComparer.Change)?
  ) throws -> [RowReference] {
    let joined = joins.compactMap { row($0.open.place) }
    for open in joined { plan[open.input].rows.set(open.row, .join) }
    for join in joins {
      // Who has a number now was listed under what stood for it.
      comparer?.presence?.list(join.open.id)
      comparer?.presence?.enter(join.keyed.id)
    }
    for join in joins where join.open.wasStored {
      try keepOrigin(ofInterim: join.open.id, keyed: join.keyed.id, joined.first?.input ?? 0)
    }
    if let (first, change) = taken { try applier?.takeOver(first.open, by: first.keyed, change) }
    for join in joins where join != taken?.first { try applier?.join(join.open, to: join.keyed) }
    return joined
  }

  /// Plans a new record in the place of a stored row without a key, which completes it; nil where the record waits as it would stand.
  private func takeOver(
    _ record: (checked: CheckedBatch, place: Int), _ parts: [KeyUnions.Part], _ id: Int64
  ) throws -> RowComparer.Change? {
    let row = parts[0].row
    guard let comparer else { return nil }
    let change = try comparer.complete(record.checked, record.place, from: id) { rows, origins, records in
      BatchChecker.judge(rows, origins, record.checked, records, inputs[row.input].1)
    }
    let found = change.row.findings.findings
    for finding in found { united[row.input].add(finding) }
    if change.row.hasError[change.place] {
      try applier?.withdraw(record.checked, record.place, .create)
      comparer.forget(at: RowReference(input: inputs[row.input].0.ordinal, row: row.row, standing: .written).place)
      try keepWaiting(parts, found, RowTarget.reasons(found)[row.row] ?? [])
      return nil
    }
    mended[row.input].formUnion(change.row.mended)
    let words = plan[row.input].isNoted ? try comparer.changedNames(change) : []
    plan[row.input].replace(row.row, .update, content: change.row.contentHash[change.place], words: words)
    return change
  }
}
