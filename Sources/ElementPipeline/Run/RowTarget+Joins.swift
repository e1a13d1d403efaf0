import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// Joins rows whose key is not known yet to those that have it, when no row is taken back any more; returns the rows of the delivery
  /// that are joined to others.
  ///
  /// `read` gives rows of the delivery once more, in their order.
  func joinInterimRows(
    _ read: ([RowReference], (RowReference, RowsAgain.Member) throws -> Void) throws -> Void
  ) throws -> [RowReference] {
    guard let comparer else { return [] }
    let candidates = try comparer.interimCandidates { row($0).map { plan[$0.input].rows[$0.row] == .wait } ?? false }
    var joined: [RowReference] = []
    var takeovers: [RowReference: Int64] = [:]
    var orders: [(open: InterimCandidate, keyed: InterimCandidate, takesPlace: Bool)] = []
    for join in InterimFold.joins(open: candidates.open, keyed: candidates.keyed) {
      let wasStored = join.open.place == nil || !join.open.isNew
      // The first stored row that a new row goes on for makes it no new row.
      let keyed = row(join.keyed.place).flatMap { plan[$0.input].rows[$0.row] == .create && wasStored ? $0 : nil }
      if let keyed {
        plan[keyed.input].replace(keyed.row, .update, words: [])
        if plan[keyed.input].isNoted { takeovers[keyed] = join.open.id }
      }
      if let open = row(join.open.place) {
        plan[open.input].rows.set(open.row, .join)
        joined.append(open)
      }
      orders.append((join.open, join.keyed, keyed != nil))
    }
    try read(takeovers.keys.sorted()) { row, member in
      guard let id = takeovers[row] else { bug("a row was read that nobody asked for") }
      let fields = try comparer.changedFields(member.checked, member.record, from: id)
      plan[row.input].replace(row.row, .update, words: dataset.names(of: fields))
    }
    try applier?.join(orders)
    return joined
  }
}
