import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// Tells which stored rows the records of a batch list that wait before they are compared: whoever waits is not lacking.
  func listWaiting(_ decision: BatchDecision) throws {
    guard let presence = comparer?.presence else { return }
    for (record, action) in decision.settled.map({ (Int($0.0), $0.1) }) where action == .wait {
      if decision.checked.keyIsSound[record] {
        try list(decision.checked, record)
      } else {
        presence.noteUnreadable()
      }
    }
  }

  /// Tells which stored row a record lists that waits; one that is new lists none.
  func list(_ checked: CheckedBatch, _ record: Int) throws {
    guard let comparer, let presence = comparer.presence, let row = try comparer.partner(of: checked, record) else { return }
    presence.list(row)
  }

  /// What there is to say of a row that brings back a stored record which says itself that it ended; nil for nothing. Whoever states a status
  /// anew waits, unless the row says no where the record said yes, or is one of a list of corrections.
  func closingFinding(
    _ change: RowComparer.Change, _ before: [Int: [UInt8]], _ delivered: (checked: CheckedBatch, record: Int), _ index: Int
  ) throws -> Finding? {
    guard let closing = dataset.closing, let stored = before[closing.field], closing.closes(stored) else { return nil }
    let value = change.row.value(change.place, closing.field)
    if closing.closes(value) { return nil }
    let field = dataset.fields[closing.field]
    let isStated =
      !delivered.checked.value(delivered.record, closing.field).isEmpty
      && !delivered.checked.derivedFields(delivered.record, dataset.fields.map(\.name)).contains(closing.field)
    let isTakenBack = closing.takenBackBy.contains {
      change.row.value(change.place, $0).elementsEqual([0x30]) && before[$0] != [0x30]
    }
    let place = try place(ofStored: change.id)
    let facts = [
      "stored": label(stored, of: field), "origin": place.zh, "originEn": place.en, "status": field.title,
      "statusEn": field.english,
    ]
    let (spot, column) = (
      delivered.checked.source.spots[delivered.record], (inputs[index].1.columns[closing.field] ?? -1) + 1
    )
    let shown = label(Array(value), of: field)
    return isStated && !isTakenBack && comparer?.mode != .patch
      ? ClosedReturns.finding(spot, column: column, field: closing.field, value: shown, facts: facts)
      : ClosingTakenBack.finding(spot, column: column, field: closing.field, value: shown, facts: facts)
  }

  /// What people call a code of a field.
  func label(_ code: [UInt8], of field: Field) -> String {
    let text = String(escapingInvalid: code.span)
    guard case .code(let set) = field.type else { return text }
    return inputs[0].1.basis.codeSets[set]?.entry(text)?.label ?? text
  }

  /// Closes the stored rows that the delivery lacks, and opens those again that it lists, when all is decided.
  func settlePresence(_ states: inout [InputState]) throws {
    guard let presence = comparer?.presence else { return }
    let found = presence.outcome
    outcome = found
    if found.unreadable > 0, !states.isEmpty { states[0].findings.add(NothingClosed.finding(found.unreadable)) }
    try applier?.keep(found)
  }
}
