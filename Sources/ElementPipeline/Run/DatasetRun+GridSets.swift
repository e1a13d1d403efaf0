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

  /// What the rules over all grid codes find: the rows that must wait, with their findings; gaps are only told.
  mutating func gridSetFindings() throws -> [(reference: RowReference, finding: Finding)] {
    guard let gridCodes, let scheme = states.first?.plan.scheme else { return [] }
    var out: [(reference: RowReference, finding: Finding)] = []
    if scheme.setRules.contains(.wholeOrSplit) {
      for area in gridCodes.wholeAndSplit {
        for row in area.rows {
          let others = others(than: row, in: area.rows)
          out.append((row, finding(RuleCode("G2101"), .error, row, field: dataset.key[0], others: others, facts: [:])))
        }
      }
    }
    if scheme.setRules.contains(.gapless) { try tell(RuleCode("G2102"), gridCodes.gaps) }
    if scheme.setRules.contains(.mergedGapless) { try tell(RuleCode("G2103"), gridCodes.mergedGaps) }
    return out
  }

  private mutating func tell(_ code: RuleCode, _ areas: [GridCodeSet.Area]) throws {
    for area in areas {
      let row = area.rows[0]
      try tell(finding(code, .info, row, field: dataset.key[0], others: [], facts: ["missing": String(area.missing)]), row)
    }
  }
}
