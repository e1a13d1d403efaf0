import ElementCore
import GRDB

/// Seals on the rows that say what happened: batches, inputs, records that wait, findings and repairs.
///
/// A seal is XXH64 over the other columns that are not NULL, in the order of their names' bytes: of each the name and the value,
/// each as its length in four bytes, the least first, and its bytes. So `verify` can name a row that changed, and a column that a
/// later format adds breaks no seal.
enum Seal {
  /// The sealed tables of a file, by its format, and the column that names the batch.
  private static func tables(_ db: Database) throws -> [(String, String)] {
    let tables = [
      ("batch", "id"), ("batch_input", "batch"), ("quarantine", "batch"), ("finding", "batch"), ("fix", "batch"),
      ("link", "batch"),
    ]
    let later = [
      (3, "revival"), (3, "confirmation"), (3, "quarantine_end"), (3, "erasure"), (4, "closing"), (4, "setting"),
      (5, "record_origin"),
    ]
    let version = try StoredFormat.number(db)
    return tables + later.filter { $0.0 <= version }.map { ($1, "batch") }
  }

  /// `yaosu_seal(name, value, …)` in SQL.
  static var function: DatabaseFunction {
    DatabaseFunction("yaosu_seal", pure: true) { values in
      var row: [UInt8] = []
      for place in stride(from: 0, to: values.count, by: 2) where !values[place + 1].isNull {
        ColumnForm.append(bytes(values[place]), bytes(values[place + 1]), to: &row)
      }
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
    for (table, owner) in try tables(db) {
      try db.execute(sql: "UPDATE \(table) SET seal = \(try expression(db, table)) WHERE \(owner) = ?", arguments: [batch])
    }
  }

  /// Seals anew what is said of a batch itself, of which it came to be said that another took it back, and nothing of its rows.
  static func closeHead(_ db: Database, batch: Int) throws {
    try db.execute(sql: "UPDATE batch SET seal = \(try expression(db, "batch")) WHERE id = ?", arguments: [batch])
  }

  /// Seals what batches said first of how rows are known.
  static func closeSettings(_ db: Database) throws {
    try db.execute(sql: "UPDATE setting SET seal = \(try expression(db, "setting"))")
  }

  /// Seals a waiver, which is of no batch.
  static func close(_ db: Database, waiver: Int64) throws {
    try db.execute(sql: "UPDATE waiver SET seal = \(try expression(db, "waiver")) WHERE id = ?", arguments: [waiver])
  }

  /// Seals a day that is recorded.
  static func close(_ db: Database, qualityDay number: Int) throws {
    try db.execute(
      sql: "UPDATE quality_day SET seal = \(try expression(db, "quality_day")) WHERE number = ?", arguments: [number])
  }

  /// The rows whose seal does not fit, at most ten a table.
  static func broken(_ db: Database) throws -> [(table: String, row: Int64)] {
    let version = try StoredFormat.number(db)
    let others = [(5, "waiver"), (6, "quality_day")].filter { $0.0 <= version }.map(\.1)
    return try (tables(db).map(\.0) + others).flatMap { table in
      try Int64.fetchAll(db, sql: "SELECT rowid FROM \(table) WHERE seal IS NOT \(try expression(db, table)) LIMIT 10").map {
        (table, $0)
      }
    }
  }

  private static func expression(_ db: Database, _ table: String) throws -> String {
    let columns = try db.columns(in: table).map(\.name).filter { $0 != "seal" }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return "yaosu_seal(\(columns.map { "'\($0)', \(TableShape.quoted($0))" }.joined(separator: ", ")))"
  }
}
