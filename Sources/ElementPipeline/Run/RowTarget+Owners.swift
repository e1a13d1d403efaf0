import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// What there is to say of a record whose stored row, by its number, another office confirmed lately; nil where none did.
  func ownerFinding(_ checked: CheckedBatch, _ record: Int, _ id: Int64, _ index: Int) -> Finding? {
    guard let owner = comparer?.otherOwner(of: id) else { return nil }
    let field = dataset.key.first { !checked.value(record, $0).isEmpty } ?? dataset.interim?.fields.first ?? dataset.key[0]
    let value = dataset.fields[field].mask(String(escapingInvalid: Array(checked.value(record, field)).span))
    return OwnerOther.finding(
      checked.source.spots[record], column: (inputs[index].1.columns[field] ?? -1) + 1, field: field, value: value,
      sender: PrintableText.escape(owner.sender), area: owner.area)
  }

  /// What there is to say of a row of a delivery that owns nothing, where it moves a record out of the area of who confirmed it lately; nil
  /// for nothing.
  func moveFinding(
    _ change: RowComparer.Change, _ before: [Int: [UInt8]], _ delivered: (checked: CheckedBatch, record: Int), _ index: Int
  ) -> Finding? {
    guard let owner = comparer?.otherOwner(of: change.id), let field = dataset.gridField else { return nil }
    let scheme = inputs[index].1.scheme
    let (former, now) = (scheme.area(of: before[field] ?? []), scheme.area(of: Array(change.row.value(change.place, field))))
    guard !now.isEmpty, !now.elementsEqual(former), owner.isApart(fromArea: now) else { return nil }
    return ownerFinding(delivered.checked, delivered.record, change.id, index)
  }

  /// What there is to say of a row that changes where a grid belongs, or of what kind it is.
  func structureFindings(
    _ change: RowComparer.Change, _ before: [Int: [UInt8]], _ spot: RecordSpot, _ index: Int
  ) -> [Finding] {
    dataset.gridStructure.compactMap { field in
      let (stored, value) = (before[field] ?? [], Array(change.row.value(change.place, field)))
      if stored.isEmpty || stored == value { return nil }
      return GridStructureChanged.finding(
        spot, column: (inputs[index].1.columns[field] ?? -1) + 1, field: field,
        value: value.isEmpty ? "—" : label(value, of: dataset.fields[field]), stored: label(stored, of: dataset.fields[field]))
    }
  }
}
