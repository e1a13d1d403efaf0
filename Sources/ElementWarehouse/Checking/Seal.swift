import ElementCore
import GRDB

/// Seals on the rows that say what happened: batches, inputs, records that wait, findings and repairs.
///
/// A seal is XXH64 over all other columns, each as its length and its text, so that `verify` can name a row that changed.
enum Seal {
  /// The sealed tables and the column that names the batch.
  static let tables = [
    ("batch", "id"), ("batch_input", "batch"), ("quarantine", "batch"), ("finding", "batch"), ("fix", "batch"),
  ]

  /// `yaosu_seal(…)` in SQL.
  static var function: DatabaseFunction {
    DatabaseFunction("yaosu_seal", pure: true) { values in
      var row: [UInt8] = []
      for value in values { RowHash.append(bytes(value).span, to: &row) }
      return Int64(bitPattern: XXH64.hash(row.span))
    }
  }

  private static func bytes(_ value: DatabaseValue) -> [UInt8] {
    switch value.storage {
    case .null: []
    case .int64(let number): Array(String(number).utf8)
    case .double(let number): Array(String(number).utf8)
    case .string(let text): Array(text.utf8)
    case .blob(let data): Array(data)
    }
  }

  /// Seals the rows of a batch, when nothing of them changes any more.
  static func close(_ db: Database, batch: Int) throws {
    for (table, owner) in tables {
      try db.execute(sql: "UPDATE \(table) SET seal = \(try expression(db, table)) WHERE \(owner) = ?", arguments: [batch])
    }
  }

  /// The rows whose seal does not fit, at most ten a table.
  static func broken(_ db: Database) throws -> [(table: String, row: Int64)] {
    try tables.flatMap { table, _ in
      try Int64.fetchAll(db, sql: "SELECT rowid FROM \(table) WHERE seal IS NOT \(try expression(db, table)) LIMIT 10").map {
        (table, $0)
      }
    }
  }

  private static func expression(_ db: Database, _ table: String) throws -> String {
    let columns = try db.columns(in: table).map(\.name).filter { $0 != "seal" }
    return "yaosu_seal(\(columns.map(DatasetTable.quoted).joined(separator: ", ")))"
  }
}
