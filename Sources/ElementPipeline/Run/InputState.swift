import ElementCore
import ElementFormats
import ElementRules
import ElementWarehouse

/// What is kept of an input while it runs.
struct InputState {
  let input: PreparedInput
  let plan: CheckPlan
  var counts = RunCounts()
  var findings: FindingBuffer
  var fixCounts: [RuleCode: Int] = [:]
  var tallies: [ColumnTally]
  var blankLines = 0
  /// Where each batch starts: to read single rows again.
  var places: [CSVReader.Start] = []
}
