import ElementCore
import ElementSchema

extension RowComparer {
  /// Watches which stored rows the delivery lists, where it replaces some, or some are closed that it may open again.
  func watchPresence(_ scope: ScopedRows?) throws {
    let closed = try Closings.closed(db, dataset.name)
    if scope != nil || !closed.isEmpty { presence = RowPresence(scope: scope, closed: closed) }
  }

  /// Does with rows what a delivery may do.
  package func take(_ mode: LoadMode) throws {
    self.mode = mode
    guard mode == .close else { return }
    presence = RowPresence(scope: nil, closed: try Closings.closed(db, dataset.name), closesListed: true)
  }

  /// Notes which stored rows records list that were compared; a correction says nothing of who is here.
  func notePresence(_ found: Comparison, _ checked: CheckedBatch, _ records: [Int32]) throws {
    guard let presence, mode != .patch else { return }
    if presence.scope != nil {
      for (record, row) in zip(records, found.ids) where row == 0 {
        for later in try lookup?.laterRows(of: checked, Int(record)) ?? [] { presence.list(later) }
      }
    }
    // Of two stored rows that a number may mean, neither is lacking.
    presence.noteUnreadable(found.ambiguous.count)
    for (row, action) in zip(found.ids, found.actions) where row != 0 {
      if mode == .close { presence.list(row) } else if action == .wait { presence.list(row) } else { presence.enter(row) }
    }
  }
}
