import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// What there is to say of a row that is stored under a former form of its key.
  func keyFinding(_ change: RowComparer.Change, _ spot: RecordSpot, _ index: Int) -> Finding {
    let key = dataset.key[0]
    let value = String(escapingInvalid: Array(change.row.value(change.place, key)).span)
    return KeyCorrected.finding(
      spot, column: (inputs[index].1.columns[key] ?? -1) + 1, field: key, value: dataset.fields[key].mask(value))
  }

  /// What there is to say of a row that does what the load's rows may not.
  func unwantedFinding(_ checked: CheckedBatch, _ record: Int, _ index: Int) -> Finding {
    // A row whose key is not known yet is told at what stands for it.
    let field = dataset.key.first { !checked.value(record, $0).isEmpty } ?? dataset.interim?.fields.first ?? dataset.key[0]
    let value = dataset.fields[field].mask(String(escapingInvalid: Array(checked.value(record, field)).span))
    let (spot, column) = (checked.source.spots[record], (inputs[index].1.columns[field] ?? -1) + 1)
    return comparer?.mode == .insert
      ? KeyKnown.finding(spot, column: column, field: field, value: value)
      : KeyUnknown.finding(spot, column: column, field: field, value: value)
  }

  /// What there is to say of a row whose number several stored rows have, or whose stored row another one takes.
  func ambiguityFinding(_ checked: CheckedBatch, _ record: Int, _ index: Int, isTaken: Bool) -> Finding {
    let field = dataset.localNumber.map(\.number).flatMap { dataset.key.contains($0) ? $0 : nil } ?? dataset.key[0]
    let value = dataset.fields[field].mask(String(escapingInvalid: Array(checked.value(record, field)).span))
    let (spot, column) = (checked.source.spots[record], (inputs[index].1.columns[field] ?? -1) + 1)
    return isTaken
      ? KeyTwice.finding(spot, column: column, field: field, value: value)
      : NumberAmbiguous.finding(spot, column: column, field: field, value: value)
  }

  /// What there is to say of a row whose person has another name than the stored row `before` it; nil for nothing.
  func nameFinding(
    _ change: RowComparer.Change, _ before: [Int: [UInt8]], _ spot: RecordSpot, _ index: Int
  ) -> Finding? {
    guard let nameField else { return nil }
    let (name, stored) = (change.row.value(change.place, nameField), before[nameField] ?? [])
    if name.isEmpty || stored.isEmpty || name.elementsEqual(stored) { return nil }
    // Who says what the name was before renames the person.
    if let former = dataset.formerName(of: nameField), change.row.value(change.place, former).elementsEqual(stored) {
      return nil
    }
    let level = NameLevel(name, stored)
    if level == .exact { return nil }
    func masked(_ name: some Sequence<UInt8>) -> String {
      dataset.fields[nameField].mask(String(escapingInvalid: Array(name).span))
    }
    let column = (inputs[index].1.columns[nameField] ?? -1) + 1
    return level.isSlip
      ? NameCorrected.finding(spot, column: column, field: nameField, value: masked(name), stored: masked(stored))
      : NameOther.finding(spot, column: column, field: nameField, value: masked(name), stored: masked(stored))
  }
}
