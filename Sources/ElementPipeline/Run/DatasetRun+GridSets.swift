import ElementCore
import ElementRules
import ElementSchema

extension DatasetRun {
  /// Whether the rules over all grid codes apply: rosters of grids, in schemes that have such rules.
  var hasGridSetRules: Bool {
    guard dataset.key.count == 1, let key = dataset.key.first, let scheme = states.first?.plan.scheme else { return false }
    return dataset.fields[key].type == .gridCode && !scheme.setRules.isEmpty
  }

  /// Notes the grid codes of the records of a batch that were entered.
  mutating func addGridCodes(_ checked: CheckedBatch, _ records: [Int32], _ index: Int) {
    for record in records {
      let row = RowReference(input: index, row: Int(checked.source.spots[Int(record)].row), standing: .written)
      gridCodes?.add(Array(checked.value(Int(record), dataset.key[0])), row)
    }
  }

  /// What the rules over all grid codes find: rows that must wait; gaps are only told.
  mutating func addGridSets(_ verdicts: inout RowVerdicts) throws {
    guard let gridCodes, let scheme = states.first?.plan.scheme else { return }
    if scheme.setRules.contains(.wholeOrSplit) {
      for area in gridCodes.wholeAndSplit { verdicts.add(area.rows) { .wholeAndSplit(rows: $0) } }
    }
    if scheme.setRules.contains(.gapless) { try tell(GridSequenceGap.descriptor, gridCodes.gaps) }
    if scheme.setRules.contains(.mergedGapless) { try tell(GridMergedGap.descriptor, gridCodes.mergedGaps) }
  }

  private mutating func tell(_ rule: RuleDescriptor, _ areas: [GridCodeSet.Area]) throws {
    for area in areas {
      let row = area.rows[0]
      try tell(finding(rule, row, field: dataset.key[0], others: [], facts: ["missing": String(area.missing)]), row)
    }
  }
}
