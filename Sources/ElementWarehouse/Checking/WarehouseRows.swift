package import ElementSchema
import GRDB

/// Looks into the current rows of a warehouse.
enum WarehouseRows {
  /// Some fields of all current rows of a dataset, in key order; no rows where the warehouse has no such dataset.
  static func fetch(_ db: Database, _ dataset: String, _ fields: [String]) throws -> [[String]] {
    guard try db.tableExists(dataset) else { return [] }
    let known = Set(try db.columns(in: dataset).map(\.name))
    let list = fields.map { known.contains($0) ? "CAST(\(DatasetTable.quoted($0)) AS TEXT)" : "NULL" }.joined(separator: ", ")
    return try Row.fetchAll(db, sql: "SELECT \(list) FROM \(DatasetTable.quoted(dataset)) ORDER BY 1").map { row in
      (0..<fields.count).map { row[$0] ?? "" }
    }
  }
}

extension Warehouse {
  /// Some fields of all current rows of a dataset, for references.
  package func rows(of dataset: String, fields: [String]) throws -> [[String]] {
    try translatingErrors(path) { try queue.read { try WarehouseRows.fetch($0, dataset, fields) } }
  }

  /// Runs `body` with a function that says what writing a record would do; nothing is written.
  package func comparing<Result>(_ datasets: [Dataset], _ body: ([String: DatasetWriter]) throws -> Result) throws -> Result {
    try translatingErrors(path) {
      try queue.read { db in
        var writers: [String: DatasetWriter] = [:]
        for dataset in datasets where try db.tableExists(dataset.name) {
          writers[dataset.name] = try DatasetWriter(db, dataset, batch: 0, recordedAt: "", path: path)
        }
        return try body(writers)
      }
    }
  }

  /// The batch that loaded this delivery, quarantined nothing, left no rule unevaluated and still stands; nil where there is none.
  package func standingBatch(deliveryDigest: String) throws -> Int? {
    try translatingErrors(path) {
      try queue.read { db in
        try Int.fetchOne(
          db,
          sql:
            "SELECT max(id) FROM batch WHERE delivery_digest = ? AND state = 'loaded' AND quarantined = 0 AND not_evaluated = 0",
          arguments: [deliveryDigest])
      }
    }
  }
}
