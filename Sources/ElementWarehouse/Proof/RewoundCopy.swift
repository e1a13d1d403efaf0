import ElementCore
import Foundation
import GRDB

/// A private copy of a warehouse as it stood behind a batch, made up from history; gone with its owner.
package final class RewoundCopy {
  /// The path of the copy.
  package let path: String
  private let folder: URL
  private static let owned = [
    "revival", "record_origin", "confirmation", "closing", "quarantine_end", "erasure", "link", "finding", "fix", "quarantine",
    "batch_input",
  ]

  /// Copies a warehouse and takes all batches behind `last` out of the copy.
  ///
  /// - Throws: `WarehouseError` where there is no room for it, or the warehouse is damaged.
  package init(_ warehouse: Warehouse, behind last: Int) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "yaosu-\(UUID().uuidString)")
    path = folder.appending(path: "warehouse.db").path
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      throw WarehouseError(code: 10, path: path)
    }
    let (original, copied) = (warehouse.path, path)
    try translatingErrors(original) {
      guard try WarehouseFile.create(copied) else { bug("a file in a new folder exists") }
      let copy = try DatabaseQueue(path: copied, configuration: Warehouse.configuration(.migrate))
      try warehouse.queue.backup(to: copy)
      try copy.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF")
        try db.inTransaction {
          try Self.rewind(db, behind: last, path: original)
          return .commit
        }
      }
      try copy.close()
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private static func rewind(_ db: Database, behind last: Int, path: String) throws {
    let standing = try BatchStates.standing(db, behind: last)
    for stored in try String.fetchAll(db, sql: "SELECT shape FROM dataset") {
      let shape = try TableShape(stored: stored, path: path)
      let columns = "_id, " + shape.allColumns.joined(separator: ", ")
      try db.execute(
        sql: """
          CREATE TEMP TABLE yaosu_then AS SELECT \(columns) FROM \(Warehouse.then(shape, behind: last));
          DELETE FROM \(shape.table);
          INSERT INTO \(shape.table) (\(columns)) SELECT \(columns) FROM yaosu_then;
          DROP TABLE yaosu_then;
          DELETE FROM \(shape.history) WHERE _superseded_by > \(last);
          """)
    }
    for table in owned { try db.execute(sql: "DELETE FROM \(table) WHERE batch > ?", arguments: [last]) }
    try db.execute(sql: "DELETE FROM batch WHERE id > ?", arguments: [last])
    for batch in try Int.fetchAll(db, sql: "SELECT id FROM batch WHERE state = 'undone'") where standing.contains(batch) {
      try db.execute(sql: "UPDATE batch SET state = 'loaded', undone_by = NULL WHERE id = ?", arguments: [batch])
    }
  }
}
