import ElementCore
import ElementFormats
import ElementRules
import ElementWarehouse

/// What is kept of an input while it runs.
struct InputState {
  /// The input.
  let input: PreparedInput
  /// How its records are checked.
  let plan: CheckPlan
  /// What became of its records so far.
  var counts = RunCounts()
  /// What was found so far.
  var findings: FindingBuffer
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

  /// What the reader said of the file as a whole.
  var notes: [SourceNote] = []

  /// The physical line, or the row of the sheet, of a row (from 1) that was read.
  func line(of row: Int) -> Int { marks.line(of: row) }
}
