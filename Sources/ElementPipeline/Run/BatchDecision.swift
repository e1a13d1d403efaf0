import ElementCore
import ElementWarehouse

/// What is decided of a checked batch without looking at what is stored.
struct BatchDecision: Sendable {
  let checked: CheckedBatch
  /// How many errors it has.
  let errors: Int
  /// The records that are compared with what is stored, from 0, ascending.
  var entered: [Int32] = []
  /// The others, and what becomes of them, ascending.
  var settled: [(record: Int32, action: RowAction)] = []
  /// Those of the entered records, from 0, that wait unless what is stored of them mends their errors.
  var hopeful: Set<Int> = []
  /// The records that wait for correction; nothing where nobody keeps them.
  var waiting: [QuarantineRecord] = []
  /// How many rows are expected in all; told with the first batch.
  var expectedRows: Int?

  /// A decision about a batch, nothing decided yet.
  init(checked: CheckedBatch, errors: Int) {
    self.checked = checked
    self.errors = errors
  }

  /// Keeps what is told of it beside its rows.
  func keep(in ledger: Ledger, _ input: Int) throws {
    for fix in checked.fixes { try ledger.keep(fix, row: Int(checked.source.spots[fix.record].row), input: input) }
    for record in waiting { try ledger.keep(record, input: input) }
  }
}
