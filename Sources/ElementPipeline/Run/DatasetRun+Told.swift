import ElementCore
import ElementRules

/// A finding about a row that goes in all the same.
struct ToldFinding {
  let finding: Finding
  let row: RowReference
  /// Whether it is kept even if nobody accepted it.
  let isKept: Bool
}

extension DatasetRun {
  /// So many findings wait until their rows are read again.
  private static let mostTold = 4_096

  /// Tells a finding about a row that does not wait for it.
  ///
  /// Where findings are known again, its row is read once more to say by what it is known; but for a note only where a day is recorded: of it
  /// nothing fails.
  mutating func tell(_ found: Finding, _ row: RowReference) throws {
    let waiving = states[row.input].plan.waiving
    let hasRoom = states[row.input].findings.count(found.code, found.severity, field: found.field)
    if found.severity > .info || knowsNotes, waiving.keys != nil {
      if !hasRoom && waiving.fingerprints.isEmpty { return }
      told.append(ToldFinding(finding: found, row: row, isKept: hasRoom))
      if told.count == DatasetRun.mostTold { try tellKnown() }
    } else if hasRoom {
      let placed = try place(found, line: states[row.input].line(of: row.row), byte: found.byte, row.input)
      states[row.input].findings.keep(placed)
      try states[row.input].findings.settle()
    }
  }

  /// Tells what waited for its rows to be read again.
  mutating func tellKnown() throws {
    if told.isEmpty { return }
    let byRow = Dictionary(grouping: told, by: \.row.place)
    told = []
    let rows = byRow.values.map { $0[0].row }.sorted()
    try RowsAgain.forEach(rows, states, jobs: jobs) { row, member in
      let spot = member.checked.source.spots[member.record]
      for one in byRow[row.place] ?? [] {
        let known = marked(one.finding, member)
        if !one.isKept && !known.isWaived { continue }
        states[row.input].findings.keep(try place(known, line: Int(spot.line), byte: Int(spot.byteStart), row.input))
      }
      try states[row.input].findings.settle()
    }
  }
}
