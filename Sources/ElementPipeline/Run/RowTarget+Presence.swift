import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// Tells which stored rows the records of a batch list that wait before they are compared: whoever waits is not lacking.
  func listWaiting(_ decision: BatchDecision) throws {
    guard let presence = comparer?.presence else { return }
    let checked = decision.checked
    var waiting: [Int] = []
    for (record, action) in decision.settled.map({ (Int($0.0), $0.1) }) where action == .wait {
      if try !list(checked, record), !checked.keyIsSound[record] { waiting.append(record) }
    }
    if !waiting.isEmpty { presence.noteUnreadable(waiting.count - readableKeys(checked, waiting)) }
  }

  /// How many of some records have a key with which nothing is wrong but that what it names is not there.
  private func readableKeys(_ checked: CheckedBatch, _ records: [Int]) -> Int {
    let errors = Dictionary(
      grouping: checked.findings.findings.lazy.filter { $0.stops && self.dataset.key.contains($0.field) },
      by: \.row)
    return records.count { record in
      guard let own = errors[Int(checked.source.spots[record].row)] else { return false }
      return own.allSatisfy { $0.code == ReferenceUnknown.descriptor.code }
        && dataset.key.allSatisfy { !checked.value(record, $0).isEmpty || dataset.mayBeEmpty($0) }
    }
  }

  /// Tells which stored row a record lists that waits; false where it lists none, as a new one.
  @discardableResult func list(_ checked: CheckedBatch, _ record: Int) throws -> Bool {
    guard let comparer, let presence = comparer.presence, let row = try comparer.partner(of: checked, record) else {
      return false
    }
    presence.list(row)
    return true
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
    let isTakenBack = closing.fields(takingBack: stored).contains {
      change.row.value(change.place, $0).elementsEqual([0x30])
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
    guard let comparer, let presence = comparer.presence else { return }
    let found = presence.outcome { comparer.otherOwner(of: $0) != nil }
    outcome = found
    if !states.isEmpty { try tell(found, &states[0].findings) }
    try applier?.keep(found)
  }

  /// So many records are named that are closed: a list of more is one of a wrong scope.
  private static let namedClosings = 10_000

  /// Tells which records are closed, and why none is where that cannot be meant.
  private func tell(_ found: RowPresence.Outcome, _ log: inout FindingLog) throws {
    if found.unreadable > 0 { log.add(NothingClosed.finding(found.unreadable)) }
    if found.owned > 0 { log.add(OthersNotClosed.finding(found.owned)) }
    if found.scopeCount == 0, comparer?.storedCount ?? 0 > 0 { log.add(ScopeEmpty.finding()) }
    let isList = comparer?.mode == .close
    for row in found.closing.prefix(RowTarget.namedClosings) {
      let values = try comparer?.storedValues(of: dataset.key + (dataset.interim?.fields ?? []), row) ?? [:]
      let named = (dataset.key + (dataset.interim?.fields ?? [])).first { values[$0]?.isEmpty == false } ?? dataset.key[0]
      let written = values[named] ?? []
      let value = dataset.fields[named].mask(String(escapingInvalid: written.span))
      let origin = try place(ofStored: row)
      log.add(
        isList
          ? RecordStruckOut.finding(field: named, value: value, origin: origin)
          : RecordClosed.finding(field: named, value: value, origin: origin))
      try log.settle()
    }
    let rest = found.closing.count - RowTarget.namedClosings
    if rest > 0 {
      let field = dataset.key[0]
      log.add(isList ? RecordStruckOut.finding(others: rest, field: field) : RecordClosed.finding(others: rest, field: field))
    }
  }
}
