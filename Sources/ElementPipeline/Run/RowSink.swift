import ElementCore
import ElementSchema
import ElementWarehouse

/// Where the rows of one dataset go.
protocol RowSink {
  /// Gets ready for about so many records.
  func prepare(expected: Int) throws
  /// Takes records of a batch, ascending, and says what becomes of them.
  func write(_ checked: CheckedBatch, _ records: [Int32], input: Int) throws -> RunCounts
  /// Makes ready for taking rows back: called once, after the last row and before the first is taken back.
  func prepareWithdrawal() throws
  /// Takes a row back and says what had become of it.
  func withdraw(_ checked: CheckedBatch, _ record: Int) throws -> RowOutcome
  /// Keeps a record that waits.
  func keep(_ record: QuarantineRecord, input: Int) throws
  /// Adds a reason to a record that waits already.
  func addReason(_ code: RuleCode, row: Int, input: Int) throws
  /// Keeps a repaired value as it was written.
  func keep(_ fix: Fix, row: Int, input: Int) throws
  /// Whether records that wait and repairs are kept at all.
  var keepsRecords: Bool { get }
}

/// Checks without a warehouse: every row would be new.
struct CountingSink: RowSink {
  let keepsRecords = false
  /// Compares with the rows of a warehouse; nil where there is none.
  let comparison: DatasetWriter?

  func prepare(expected: Int) throws { try comparison?.prepare(expected: expected) }

  func write(_ checked: CheckedBatch, _ records: [Int32], input: Int) throws -> RunCounts {
    if let comparison { return try comparison.outcome(checked, records) }
    var counts = RunCounts()
    counts.created = records.count
    return counts
  }

  func withdraw(_ checked: CheckedBatch, _ record: Int) throws -> RowOutcome {
    let counts = try write(checked, [Int32(record)], input: 0)
    return counts.created > 0 ? .created : counts.updated > 0 ? .updated : .unchanged
  }

  func prepareWithdrawal() {}
  func keep(_ record: QuarantineRecord, input: Int) {}
  func addReason(_ code: RuleCode, row: Int, input: Int) {}
  func keep(_ fix: Fix, row: Int, input: Int) {}
}

/// Loads into a warehouse.
struct WarehouseSink: RowSink {
  let keepsRecords = true
  let load: LoadTransaction
  let writer: DatasetWriter
  let dataset: Dataset
  let pack: SchemaPack

  // Rows are found by their key: without its index every one would cost a pass over the table.
  func prepareWithdrawal() throws { try load.index(dataset, pack) }

  func prepare(expected: Int) throws { try writer.prepare(expected: expected) }

  func write(_ checked: CheckedBatch, _ records: [Int32], input: Int) throws -> RunCounts {
    try writer.write(checked, records, input: input)
  }
  func withdraw(_ checked: CheckedBatch, _ record: Int) throws -> RowOutcome { try writer.withdraw(checked, record) }
  func keep(_ record: QuarantineRecord, input: Int) throws { try load.keep(record, input: input) }
  func addReason(_ code: RuleCode, row: Int, input: Int) throws { try load.addReason(code, row: row, input: input) }
  func keep(_ fix: Fix, row: Int, input: Int) throws { try load.keep(fix, dataset: dataset, row: row, input: input) }
}
