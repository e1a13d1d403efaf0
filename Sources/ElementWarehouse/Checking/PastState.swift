import GRDB

/// A moment of a warehouse's past.
package enum PastMoment: Sendable, Hashable {
  /// Behind a batch.
  case batch(Int)
  /// At a time in UTC (ISO 8601, `2026-11-29T22:51:41Z`): behind the last batch that had ended by then.
  case time(String)
}

/// A state that a warehouse was in, made up from the rows and their history.
package struct PastState: Sendable {
  /// The last batch that had ended by then.
  package let batch: Int
  /// How many rows there were.
  package let rows: Int
  /// The digest of the warehouse, as history says it.
  package let digest: String
  /// The digest that the batch recorded when it ended.
  package let recorded: String
  /// The batch that removed for good what one of the batches up to then had made; nil for none.
  package let erasedBy: Int?
}

extension Warehouse {
  /// The state of a moment, with the digest that was recorded then; nil where nothing was loaded yet, or there is no such batch.
  package func state(at moment: PastMoment) throws -> PastState? {
    try translatingErrors(path) {
      try queue.read { db in
        guard let batch = try Warehouse.lastBatch(db, by: moment) else { return nil }
        var (digests, rows): ([(name: String, digest: String)], Int) = ([], 0)
        for stored in try String.fetchAll(db, sql: "SELECT shape FROM dataset ORDER BY name") {
          let shape = try TableShape(stored: stored, path: path)
          let then = Warehouse.then(shape, behind: batch)
          rows += try Int.fetchOne(db, sql: "SELECT count(*) FROM \(then)") ?? 0
          digests.append((shape.dataset, try WarehouseDigest.dataset(db, shape, from: then, path: path)))
        }
        let recorded = try String.fetchOne(db, sql: "SELECT digest FROM batch WHERE id = ?", arguments: [batch]) ?? ""
        let erased = try Int.fetchOne(
          db, sql: "SELECT min(id) FROM batch WHERE erased > 0 AND undoes <= ?1 AND id > ?1", arguments: [batch])
        return PastState(
          batch: batch, rows: rows, digest: WarehouseDigest.warehouse(digests), recorded: recorded, erasedBy: erased)
      }
    }
  }

  /// The rows of a dataset as they stood behind a batch, in SQL.
  static func then(_ shape: TableShape, behind batch: Int) -> String {
    """
    (SELECT _id, \(shape.allColumns.joined(separator: ", ")) FROM \(TableShape.quoted(shape.dataset + "_versions"))
     WHERE _since <= \(batch) AND (_superseded_by IS NULL OR _superseded_by > \(batch)))
    """
  }

  /// The last batch whose rows stood at a moment; nil where nothing was loaded by then.
  func lastBatch(by moment: PastMoment) throws -> Int? {
    try translatingErrors(path) { try queue.read { try Warehouse.lastBatch($0, by: moment) } }
  }

  /// The last batch of which rows were kept, or that took rows back, by a moment.
  private static func lastBatch(_ db: Database, by moment: PastMoment) throws -> Int? {
    switch moment {
    case .batch(let number):
      let isKnown = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM batch WHERE id = ?)", arguments: [number])
      guard isKnown == true else { return nil }
      return try Int.fetchOne(
        db, sql: "SELECT max(id) FROM batch WHERE id <= ? AND digest IS NOT NULL", arguments: [number])
    case .time(let time):
      return try Int.fetchOne(
        db, sql: "SELECT max(id) FROM batch WHERE finished_at <= ? AND digest IS NOT NULL", arguments: [time])
    }
  }
}
