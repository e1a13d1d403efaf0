import ElementSchema
import GRDB

extension Warehouse {
  /// The codes of the stored grids that stand, in order, so many at most; none where no roster of grids was loaded.
  ///
  /// - Throws: `WarehouseError`.
  package func gridCodes(limit: Int) throws -> [String] {
    try translatingErrors(path) {
      try queue.read { db in
        guard try db.tableExists("grid") else { return [] }
        return try String.fetchAll(
          db, sql: "SELECT gridCode FROM grid WHERE gridCode IS NOT NULL ORDER BY gridCode LIMIT ?", arguments: [limit])
      }
    }
  }
}
