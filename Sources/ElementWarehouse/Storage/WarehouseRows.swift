package import ElementSchema
import GRDB

/// Visits the current rows of a dataset: some of its fields, integers as their digits; the arrays are good until the next row.
package typealias RowVisitor = (_ dataset: String, _ fields: [String], _ visit: ([[UInt8]]) -> Void) throws -> Void

/// Looks into the current rows of a warehouse.
enum WarehouseRows {
  /// Visits some fields of all current rows of a dataset; no rows where the warehouse has no such dataset.
  static func visit(
    _ db: Database, _ dataset: String, _ fields: [String], path: String, _ visit: ([[UInt8]]) -> Void
  ) throws {
    guard try db.tableExists(dataset) else { return }
    let known = Set(try db.columns(in: dataset).map(\.name))
    let list = fields.map { known.contains($0) ? TableShape.quoted($0) : "NULL" }.joined(separator: ", ")
    let statement = try unsafe BulkStatement(
      db.sqliteConnection, "SELECT \(list) FROM \(TableShape.quoted(dataset))", path: path)
    var values = [[UInt8]](repeating: [], count: fields.count)
    while try statement.step() {
      for place in fields.indices {
        values[place].removeAll(keepingCapacity: true)
        statement.append(place, to: &values[place])
      }
      visit(values)
    }
  }
}

extension Warehouse {
  /// Runs `body` with a comparer for each dataset and a function that visits the stored rows; nothing is written. The delivery that is
  /// compared replaces a part of them, or, for nil, none.
  package func comparing<Result>(
    _ datasets: [Dataset], replacing wanted: RowSelection? = nil,
    _ body: ([String: RowComparer], @escaping RowVisitor) throws -> Result
  ) throws -> Result {
    try translatingErrors(path) {
      try queue.read { db in
        var comparers: [String: RowComparer] = [:]
        let scopes = try wanted?.rows(db, of: datasets, path: path)
        for dataset in datasets {
          let stored = try DatasetTable.stored(db, dataset.name, path: path)
          // What a load would refuse is refused.
          if let stored { try ShapeChange(from: stored, to: TableShape(dataset), path: path).refuseMisfits(db, path: path) }
          comparers[dataset.name] = try RowComparer(db, dataset, stored, batch: 0, path: path)
          try comparers[dataset.name]?.watchPresence(scopes?[dataset.name])
        }
        return try body(comparers) { try WarehouseRows.visit(db, $0, $1, path: self.path, $2) }
      }
    }
  }

  /// The batch that was loaded for a request, by what whoever asked calls it; nil for none.
  package func batch(ofRequest request: String) throws -> (batch: Int, deliveryDigest: String, isUndone: Bool)? {
    try translatingErrors(path) {
      try queue.read { db in
        try Row.fetchOne(
          db, sql: "SELECT id, delivery_digest, undone_by IS NOT NULL FROM batch WHERE request = ?", arguments: [request]
        ).map { ($0[0], $0[1], $0[2]) }
      }
    }
  }

  /// The batch that loaded this delivery, quarantined nothing, left no rule unevaluated and still stands: no row of its datasets was
  /// superseded since. Nil where there is none.
  package func standingBatch(deliveryDigest: String) throws -> Int? {
    try translatingErrors(path) {
      try queue.read { db in
        let batch = try Int.fetchOne(
          db,
          sql:
            "SELECT max(id) FROM batch WHERE delivery_digest = ? AND state = 'loaded' AND quarantined = 0 AND not_evaluated = 0 AND waived IS NULL",
          arguments: [deliveryDigest])
        guard let batch else { return nil }
        let datasets = try String.fetchAll(
          db, sql: "SELECT DISTINCT dataset FROM batch_input WHERE batch = ?", arguments: [batch])
        let isChanged = try datasets.contains { dataset in
          let history = TableShape.quoted(dataset + "_history")
          let sql = """
            SELECT EXISTS (SELECT 1 FROM \(history) WHERE _superseded_by > ?1)
              OR EXISTS (SELECT 1 FROM closing WHERE dataset = ?2 AND batch > ?1)
            """
          return try Bool.fetchOne(db, sql: sql, arguments: [batch, dataset]) ?? false
        }
        return isChanged ? nil : batch
      }
    }
  }
}
