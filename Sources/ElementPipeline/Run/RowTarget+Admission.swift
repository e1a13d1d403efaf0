import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension RowTarget {
  /// Whether a record may take the place of a stored row, by what there is to say of the two; what of it decides about groups is noted.
  func admits(
    _ change: RowComparer.Change, _ delivered: (checked: CheckedBatch, record: Int), _ index: Int, _ found: inout [Finding],
    _ completed: inout Completed
  ) throws -> Bool {
    guard let comparer else { bug("a row was compared without a comparer") }
    let spot = delivered.checked.source.spots[delivered.record]
    if change.correctsKey { found.append(keyFinding(change, spot, index)) }
    let before = try comparer.storedValues(of: watchedFields, change.id)
    if let finding = nameFinding(change, before, spot, index) {
      found.append(finding)
      if finding.stops { return false }
    }
    if let finding = try closingFinding(change, before, delivered, index) {
      found.append(finding)
      if finding.stops { return false }
    }
    if let finding = moveFinding(change, before, delivered, index) {
      found.append(finding)
      return false
    }
    found += structureFindings(change, before, spot, index)
    if movesInGroups(change, before) { completed.stored[delivered.record] = before }
    return true
  }
}
