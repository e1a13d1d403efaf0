import GRDB

extension BulkStatement {
  /// Prepares a statement on a connection of GRDB, which outlives it; `path` is named in errors.
  init(_ db: Database, _ sql: String, path: String) throws(WarehouseError) {
    // SAFETY: within a read or a write of GRDB the connection is open, and whoever prepares a statement drops it there.
    try unsafe self.init(db.sqliteConnection, sql, path: path)
  }
}
