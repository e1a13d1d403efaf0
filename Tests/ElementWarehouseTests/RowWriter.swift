import ElementCore
import ElementSchema

@testable import ElementWarehouse

/// Compares rows and carries out what is said of them, as a run does.
struct RowWriter {
  /// Says what becomes of rows.
  let comparer: RowComparer
  /// Carries it out.
  let applier: RowApplier
  private let content: RowHash

  /// A writer within a load.
  init(_ load: LoadTransaction, _ dataset: Dataset, _ pack: SchemaPack) throws {
    (comparer, applier) = try load.open(dataset, pack)
    content = dataset.rowHash(of: dataset.fields.indices)
  }

  /// Gets ready for so many records.
  func prepare(expected: Int) throws {
    try comparer.prepare(expected: expected)
    applier.prepare(expected: expected)
  }

  /// Writes records, and counts what becomes of them.
  func write(_ checked: CheckedBatch, _ records: [Int32], input: Int) throws -> RunCounts {
    let found = try comparer.compare(checked, records) {
      UInt64(input) << 32 | UInt64($0)
    } judge: { rows, _, _ in
      var rows = rows
      rows.contentHash = content.hashes(
        rows.source.bytes.span, rows.values.span, width: rows.fieldCount, count: rows.count)
      return rows
    } change: { change, _ in
      try applier.replace(change, input: input)
    }
    let fresh = zip(records, found.actions).filter { $1 == .create }.map(\.0)
    try applier.insert(checked, fresh, of: records.count, firstID: found.firstID, input: input)
    var counts = RunCounts()
    counts.created = fresh.count
    counts.updated = found.actions.count { $0 == .update }
    counts.unchanged = found.actions.count { $0 == .unchanged }
    return counts
  }
}
