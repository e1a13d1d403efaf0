import ElementCore
import ElementWarehouse

/// What is to be written of a checked batch.
struct BatchDecision: Sendable {
  /// The batch.
  let checked: CheckedBatch
  /// How many errors it has.
  let errors: Int
  /// The records to write, from 0, ascending.
  var entered: [Int32] = []
  /// The records that wait for correction; nothing where nobody keeps them.
  var waiting: [QuarantineRecord] = []
  /// Errors that are not kept in memory; nothing where nobody keeps them.
  var surplus: [Finding] = []
  /// How many rows are expected in all; told with the first batch.
  var expectedRows: Int?

  /// A decision about a batch, nothing decided yet.
  init(checked: CheckedBatch, errors: Int) {
    self.checked = checked
    self.errors = errors
  }

  /// Writes it and says what became of the records written.
  func write(to sink: any RowSink, input: Int) throws -> RunCounts {
    if sink.keepsRecords {
      for fix in checked.fixes {
        try sink.keep(fix, row: Int(checked.source.spots[fix.record].row), input: input)
      }
      for record in waiting { try sink.keep(record, input: input) }
      try sink.keep(surplus, input: input)
    }
    return try sink.write(checked, entered, input: input)
  }
}
