import ElementCore
import ElementSchema
import ElementWarehouse

/// Keeps in a load what is told of the rows of one dataset beside the rows themselves: those that wait, and repairs. Findings
/// are kept when all are known.
struct Ledger {
  private let load: LoadTransaction
  private let dataset: Dataset

  /// A ledger for the rows of a dataset.
  init(_ load: LoadTransaction, _ dataset: Dataset) { (self.load, self.dataset) = (load, dataset) }

  /// Keeps a record that waits.
  func keep(_ record: QuarantineRecord, input: Int) throws { try load.keep(record, input: input) }

  /// Forgets a record that does not wait after all, or for other reasons.
  func forget(row: Int, input: Int) throws { try load.forget(row: row, input: input) }

  /// Adds a reason to a record that waits already.
  func addReason(_ code: RuleCode, row: Int, input: Int) throws { try load.addReason(code, row: row, input: input) }

  /// The rows that waited before this load and are known by what a record says in all its fields.
  func waiting(_ record: QuarantineRecord) throws -> [Int64] { try load.waiting(record) }

  /// Ends the wait of a row whose record goes in.
  func resolve(_ id: Int64) throws { try load.resolve(id) }

  /// Ends the wait of a row whose record came again and waits once more.
  func replace(_ id: Int64, by row: Int, input: Int) throws { try load.replace(id, by: row, input: input) }

  /// Keeps what the findings of a record were known by that gets its number.
  func keepOrigin(_ subject: FindingFingerprint, _ origin: FindingFingerprint) throws {
    try load.keepOrigin(subject, origin, dataset: dataset)
  }

  /// Keeps a repaired value as it was written.
  func keep(_ fix: Fix, row: Int, input: Int) throws { try load.keep(fix, dataset: dataset, row: row, input: input) }
}
