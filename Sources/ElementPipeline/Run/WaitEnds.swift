import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

/// Which rows that wait are ended by records of a run: those of their key, and in a retry those that name them.
struct WaitEnds {
  private let keys: WaitingKeys
  /// The rows that wait, by their names; nil where none is retried.
  private let names: [WaitingName: (id: Int64, dataset: String)]?
  private var byKey: [(id: Int64, input: Int, row: Int)] = []
  private var byName: [(id: Int64, input: Int, row: Int)] = []

  /// What waits before a load.
  init(_ keys: WaitingKeys, names: [WaitingName: (id: Int64, dataset: String)]?) { (self.keys, self.names) = (keys, names) }

  /// Notes the records of a batch that do not wait and have the key of a row that does.
  mutating func take(_ checked: CheckedBatch, _ records: [Int32], _ actions: [RowAction], _ input: Int) {
    if keys.isEmpty { return }
    for place in actions.indices where actions[place] != .wait {
      let record = Int(records[place])
      for id in keys.ids(checked, record) { byKey.append((id, input, Int(checked.source.spots[record].row))) }
    }
  }

  /// Notes which waiting rows the records of a batch name.
  ///
  /// - Throws: `WaitingRefusal` where the file has no such column, or what it says is no row of the dataset that waits.
  mutating func takeNames(_ checked: CheckedBatch, _ input: PreparedInput, _ index: Int) throws {
    guard let names else { return }
    let path = input.survey.original.path
    guard let column = input.map.written.firstIndex(where: WaitingColumn.name.isHeading) else {
      throw WaitingRefusal.unnamed(file: path)
    }
    for (record, spot) in checked.source.spots.enumerated() where column < Int(spot.fieldCount) {
      let bytes = checked.source.copy(checked.source.range(record, column))
      let text = String(validUTF8: bytes.span.extracting(CodeFolding.trimmed(bytes.span))) ?? "?"
      if text.isEmpty { continue }
      guard let name = WaitingName(text), let row = names[name] else {
        throw WaitingRefusal.notWaiting(text, file: path, row: Int(spot.row))
      }
      guard row.dataset.utf8.elementsEqual(input.map.dataset.name.utf8) else {
        throw WaitingRefusal.otherDataset(name, dataset: row.dataset, file: path, row: Int(spot.row))
      }
      byName.append((row.id, index, Int(spot.row)))
    }
  }

  /// Ends the waits, when it is known what becomes of every record; `ordinals` are the places of the inputs in the delivery.
  func settle(_ plan: [PlannedInput], _ ordinals: [Int], _ ledger: Ledger) throws {
    for (id, input, row) in byName {
      if plan[input].rows[row] == .wait {
        try ledger.replace(id, by: row, input: ordinals[input])
      } else {
        try ledger.resolve(id)
      }
    }
    for (id, input, row) in byKey where plan[input].rows[row] != .wait { try ledger.resolve(id) }
  }
}
