import ElementCore
import ElementSchema
import ElementWarehouse

/// Where the rows of one dataset go.
protocol RowSink {
  /// Gets ready for about so many records.
  func prepare(expected: Int) throws
  /// Takes records of a batch, ascending, and says what becomes of them.
  func write(_ checked: CheckedBatch, _ records: [Int32], input: Int) throws -> RunCounts
  /// Is told of a row that will be taken back: of each, before the rows end.
  func willTakeBack(_ checked: CheckedBatch, _ record: Int)
  /// Ends the rows: called once, after the last one and before the first is taken back.
  func finishRows() throws
  /// Takes a row back and says what had become of it.
  func withdraw(_ checked: CheckedBatch, _ record: Int) throws -> RowOutcome
  /// Joins rows whose key is not known yet to those that have it: called once, when no row is taken back any more.
  func joinInterimRows() throws -> [JoinedRow]
  /// Keeps a record that waits.
  func keep(_ record: QuarantineRecord, input: Int) throws
  /// Adds a reason to a record that waits already.
  func addReason(_ code: RuleCode, row: Int, input: Int) throws
  /// Keeps findings.
  func keep(_ findings: [Finding], input: Int) throws
  /// Forgets the findings of a code about a field that were kept.
  func drop(_ code: RuleCode, field: Int, input: Int) throws
  /// Keeps a repaired value as it was written.
  func keep(_ fix: Fix, row: Int, input: Int) throws
  /// Whether records that wait and repairs are kept at all.
  var keepsRecords: Bool { get }
  /// What stored columns are called that the dataset has no field for.
  var keptColumns: [(zh: String, en: String)] { get }
}

/// Checks without a warehouse: every row would be new.
struct CountingSink: RowSink {
  /// Nothing is kept.
  let keepsRecords = false
  /// Compares with the rows of a warehouse; nil where there is none.
  let comparison: DatasetWriter?

  /// Those of the table that rows are compared with.
  var keptColumns: [(zh: String, en: String)] { (comparison?.kept ?? []).map { ($0.title, $0.english) } }

  /// Passes on to the comparison.
  func prepare(expected: Int) throws { try comparison?.prepare(expected: expected) }

  /// Compares, or counts all as new.
  func write(_ checked: CheckedBatch, _ records: [Int32], input: Int) throws -> RunCounts {
    if let comparison { return try comparison.outcome(checked, records) }
    var counts = RunCounts()
    counts.created = records.count
    return counts
  }

  /// Compares once more.
  func withdraw(_ checked: CheckedBatch, _ record: Int) throws -> RowOutcome {
    let counts = try write(checked, [Int32(record)], input: 0)
    return counts.created > 0 ? .created : counts.updated > 0 ? .updated : .unchanged
  }

  /// Nothing is written, so nothing is joined.
  func joinInterimRows() -> [JoinedRow] { [] }
  /// Nothing waits for an end.
  func willTakeBack(_ checked: CheckedBatch, _ record: Int) {}
  /// Nothing waits for an end.
  func finishRows() {}
  /// Nothing is kept.
  func keep(_ record: QuarantineRecord, input: Int) {}
  /// Nothing is kept.
  func addReason(_ code: RuleCode, row: Int, input: Int) {}
  /// Nothing is kept.
  func keep(_ findings: [Finding], input: Int) {}
  /// Nothing is kept.
  func drop(_ code: RuleCode, field: Int, input: Int) {}
  /// Nothing is kept.
  func keep(_ fix: Fix, row: Int, input: Int) {}
}

/// Loads into a warehouse.
struct WarehouseSink: RowSink {
  /// Everything is kept.
  let keepsRecords = true
  /// The load.
  let load: LoadTransaction
  /// Writes the rows.
  let writer: DatasetWriter
  /// Their dataset.
  let dataset: Dataset

  /// The sentences of findings, by the input.
  let texts: [Int: FindingText]

  /// Those of the table.
  var keptColumns: [(zh: String, en: String)] { writer.kept.map { ($0.title, $0.english) } }

  /// Passes on to the writer.
  func willTakeBack(_ checked: CheckedBatch, _ record: Int) { writer.willTakeBack(checked, record) }
  /// Ends them, and makes the key index where it is missing: rows that are taken back are found by it.
  func finishRows() throws { try load.finishRows(dataset) }

  /// Passes on to the writer.
  func prepare(expected: Int) throws { try writer.prepare(expected: expected) }

  /// Writes the records.
  func write(_ checked: CheckedBatch, _ records: [Int32], input: Int) throws -> RunCounts {
    try writer.write(checked, records, input: input)
  }
  /// Passes on to the writer.
  func joinInterimRows() throws -> [JoinedRow] { try writer.joinInterimRows() }
  /// Takes the row out of its table.
  func withdraw(_ checked: CheckedBatch, _ record: Int) throws -> RowOutcome { try writer.withdraw(checked, record) }
  /// Keeps the record in the quarantine.
  func keep(_ record: QuarantineRecord, input: Int) throws { try load.keep(record, input: input) }
  /// Adds the reason there.
  func addReason(_ code: RuleCode, row: Int, input: Int) throws { try load.addReason(code, row: row, input: input) }
  /// Keeps the findings with their sentences.
  func keep(_ findings: [Finding], input: Int) throws {
    guard let text = texts[input] else { bug("an input has no sentences") }
    for finding in findings { try load.keep(finding, dataset: dataset, message: text.message(finding), input: input) }
  }
  /// Takes them out again.
  func drop(_ code: RuleCode, field: Int, input: Int) throws {
    try load.drop(code, field: dataset.fields[field].name, input: input)
  }
  /// Keeps the repair.
  func keep(_ fix: Fix, row: Int, input: Int) throws { try load.keep(fix, dataset: dataset, row: row, input: input) }
}
