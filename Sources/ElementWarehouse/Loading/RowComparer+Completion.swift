package import ElementCore
import ElementSchema

extension RowComparer {
  /// A new record in the place of the stored row of a number, which completes it.
  package func complete(_ checked: CheckedBatch, _ record: Int, from id: Int64, judge: Judgement) throws -> Change {
    var completion = RowCompletion(checked, kept.count)
    try complete(&completion, checked, record, id)
    guard let rows = try judged(completion, judge) else { return Change(id: id, row: checked, place: record) }
    return Change(id: id, row: rows, place: 0)
  }

  /// Completes a record that differs from the stored row of a number, where that says something that the record does not, or what stands
  /// against what it says. Returns the fields, from 0, of its empty values that keep what is stored, and of those that stand against it.
  @discardableResult func complete(
    _ completion: inout RowCompletion, _ checked: CheckedBatch, _ record: Int, _ id: Int64
  ) throws -> (empty: [Int], lost: [Int]) {
    let derived = checked.derivedFields(record, names)
    let open = openFields(checked, record, derived)
    if open.isEmpty, kept.isEmpty, survivorship.fields.isEmpty { return ([], []) }
    let places = dataset.fields.count..<dataset.fields.count + kept.count
    let values = try lookup?.values.values(of: open + places + [places.upperBound] + survivorship.needed, id) ?? [:]
    let wasDerived = (values[places.upperBound] ?? []).split(separator: 0x2C).map { Array($0) }
    let lost = try survivorship.lost(checked, record, values, ranks, isCorrection: mode == .patch) {
      try lookup?.values.giver(of: names[$0], id) ?? nil
    }
    // What only followed from other fields gives way to what is said.
    .filter { !derived.contains($0) && !wasDerived.contains(Array(names[$0].utf8)) }
    if lost.isEmpty, derived.isEmpty, (open + places).allSatisfy({ values[$0]?.isEmpty != false }) { return ([], []) }
    completion.add(
      record, id: id, open: open + lost, values, wasDerived: Set(open.filter { wasDerived.contains(Array(names[$0].utf8)) }),
      // What is kept stays derived where it was.
      keptDerived: wasDerived.filter { name in kept.contains { $0.name.utf8.elementsEqual(name) } })
    return (
      open.filter { values[$0]?.isEmpty == false && !checked.isAbsent(record, $0) && !derived.contains($0) }, lost
    )
  }

  /// The completed rows as they will stand; nil where there are none. What was derived and does not follow any more is what was stated last.
  func judged(_ completion: RowCompletion, _ judge: Judgement) throws -> CheckedBatch? {
    if completion.records.isEmpty { return nil }
    var completion = completion
    var rows = try judge(completion.rows, completion.origins, completion.records)
    var hasReturned = false
    for (row, field) in completion.wasDerived where rows.value(row, field).isEmpty {
      guard let value = try lookup?.values.lastStated(field, names[field], completion.ids[row]), !value.isEmpty else {
        continue
      }
      completion.set(row, field, value)
      hasReturned = true
    }
    if hasReturned { rows = try judge(completion.rows, completion.origins, completion.records) }
    for row in 0..<rows.count where !kept.isEmpty {
      rows.contentHash[row] = completion.contentHash(of: rows, row, content)
    }
    return rows
  }

  /// The fields, from 0, that a record says nothing of itself; `derived` ones follow from others.
  private func openFields(_ checked: CheckedBatch, _ record: Int, _ derived: Set<Int>) -> [Int] {
    let cleared = checked.clearedFields(record)
    let start = record * checked.fieldCount
    return (0..<checked.fieldCount).filter {
      derived.contains($0) || checked.values[start + $0].isEmpty && !cleared.contains($0) || $0 == openScope(checked, start)
    }
  }

  /// The field that says where a local number was given, of a record that says nothing of it itself; its values begin at `start`.
  private func openScope(_ checked: CheckedBatch, _ start: Int) -> Int? {
    guard let local = dataset.localNumber, checked.absentFields.contains(local.scope) else { return nil }
    let isSaid = [local.grid, local.community].contains { $0.map { !checked.values[start + $0].isEmpty } ?? false }
    return isSaid ? nil : local.scope
  }

  /// The names of the fields in which a row differs from the stored one that it takes the place of; `clear(NAME)` where that had a value
  /// and the row has none.
  package func changedNames(_ change: Change) throws -> [String] {
    try changedFields(change).map { field in
      let name = dataset.fields[field].name
      return change.row.value(change.place, field).isEmpty ? "clear(\(name))" : name
    }
  }

  /// The fields, from 0, in which a row differs from the stored one that it takes the place of.
  private func changedFields(_ change: Change) throws -> [Int] {
    let fields = Array(dataset.fields.indices)
    let values = try lookup?.values.values(of: fields, change.id) ?? [:]
    return fields.filter { values[$0, default: []][...] != change.row.value(change.place, $0) }
  }
}
