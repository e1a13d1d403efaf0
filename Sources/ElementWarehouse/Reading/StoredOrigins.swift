import ElementFormats
import GRDB
import Synchronization

/// Says of stored rows from which file and row they came, by a connection of its own: while a table is read, its connection is busy.
final class StoredOrigins: Sendable {
  private let path: String
  private let queue = Mutex<DatabaseQueue?>(nil)

  /// The origins of rows of the file at a path, which is opened when the first is asked for.
  init(_ path: String) { self.path = path }

  /// Where a row of a dataset came from, by its number.
  func origin(of id: Int64, in dataset: String) throws -> RecordOrigin {
    let queue = try queue.withLock { queue in
      let opened = try queue ?? DatabaseQueue(path: path, configuration: Warehouse.configuration(.read))
      queue = opened
      return opened
    }
    let row = try translatingErrors(path) {
      try queue.read { db in
        let statement = try db.cachedStatement(
          sql: """
            SELECT r._batch, i.path, r._row FROM \(TableShape.quoted(dataset)) r
            LEFT JOIN batch_input i ON i.batch = r._batch AND i.ordinal = r._input WHERE r._id = ?
            """)
        return try Row.fetchOne(statement, arguments: [id])
      }
    }
    return RecordOrigin(batch: row?[0] ?? 0, path: row?[1] ?? "", row: row?[2] ?? 0)
  }
}
