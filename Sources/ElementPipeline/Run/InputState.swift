import ElementCore
import ElementFormats
import ElementRules
import ElementSchema
import ElementWarehouse

/// What is kept of an input while it runs.
struct InputState {
  let input: PreparedInput
  /// How its records are checked.
  let plan: CheckPlan
  /// How many records were read and repaired so far, and in the end what became of all.
  var counts = RunCounts()
  /// What was found so far.
  var findings: FindingLog
  /// How often each repair or reading happened.
  var fixCounts: [RuleCode: Int] = [:]
  /// What was counted over each field.
  var tallies: [ColumnTally]
  /// References (from 0) that its records make and that could not be looked up.
  var unresolved: Set<Int> = []
  /// Lines without content.
  var blankLines = 0
  /// Where to start when single rows are read again.
  var marks: RowMarks

  /// Records of other widths that are whole.
  var otherWidths = LineTally()
  /// Records that were the header again.
  var repeatedHeaders = LineTally()
  /// Records of a work list that nobody filled in.
  var unanswered = LineTally()
  /// Whether several records stand on one line, so that a line is no place of a record.
  var sharesLines = false
  /// What stands in each column without a heading (from 0).
  var unnamedCounts: [Int: Int] = [:]

  /// What the reader said of the file as a whole.
  var notes: [SourceNote] = []

  /// The column of a field (from 0), from 1; 0 for none.
  func column(of field: Int) -> Int { field < 0 ? 0 : (plan.columns[field] ?? -1) + 1 }

  /// Takes what became of its records, when all is decided.
  mutating func take(_ planned: RunCounts) {
    guard planned.read == counts.read else { bug("other rows were planned than read") }
    let fixed = counts.fixed
    counts = planned
    counts.fixed = fixed
    // What is stored already neither comes nor goes.
    if input.layout.table != nil {
      counts.unchanged += counts.created + counts.duplicate
      (counts.created, counts.duplicate) = (0, 0)
    }
  }

  /// What was not stored, by its heading, its letters or its place.
  var notStored: [String] {
    let unnamed = unnamedCounts.filter { $0.value > 0 }.keys.sorted().map { SpreadsheetColumn.letters($0 + 1) }
    let stray = notes.filter { $0.kind == .strayCells || $0.kind == .strayElements }.map(\.place)
    let columns = input.map.unknown.map { ($0.column, $0.heading) } + input.map.leftOut.map { ($0.column, $0.heading) }
    return columns.sorted { $0.0 < $1.0 }.map { HeaderText.shown($0.1) } + unnamed + stray.map(PrintableText.escape)
  }

  /// The physical line, or the row of the sheet, of a row (from 1) that was read.
  func line(of row: Int) -> Int { marks.line(of: row) }
}
