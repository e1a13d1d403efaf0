import ElementCore
import ElementWarehouse

/// Which rows that wait are ended by records of a run that have their keys.
struct WaitEnds {
  private let keys: WaitingKeys
  private var found: [RetriedRows.Named] = []

  /// The keys that wait before a load.
  init(_ keys: WaitingKeys) { self.keys = keys }

  /// Notes the records of a batch that do not wait and have the key of a row that does.
  mutating func take(_ checked: CheckedBatch, _ records: [Int32], _ actions: [RowAction], _ input: Int) {
    if keys.isEmpty { return }
    for place in actions.indices where actions[place] != .wait {
      let record = Int(records[place])
      for id in keys.ids(checked, record) { found.append((id, input, Int(checked.source.spots[record].row))) }
    }
  }

  /// Ends the waits, when it is known what becomes of every record, also of those that came back by name; `ordinals` are the places of
  /// the inputs in the delivery.
  func settle(_ named: [RetriedRows.Named], _ plan: [PlannedInput], _ ordinals: [Int], _ ledger: Ledger) throws {
    for (id, input, row) in named {
      if plan[input].rows[row] == .wait {
        try ledger.replace(id, by: row, input: ordinals[input])
      } else {
        try ledger.resolve(id)
      }
    }
    for (id, input, row) in found where plan[input].rows[row] != .wait { try ledger.resolve(id) }
  }
}
