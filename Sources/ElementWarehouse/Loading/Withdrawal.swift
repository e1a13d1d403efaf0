import ElementCore
import GRDB

/// Takes rows of the running load back out: what it created goes, what it replaced returns.
final class Withdrawal {
  private let find: BulkStatement
  private let previous: BulkStatement
  private let restore: BulkStatement
  private let forget: BulkStatement
  private let delete: BulkStatement

  /// Prepares the statements for a table and its history.
  init(_ db: Database, table: String, history: String, columns: [String], keyMatch: String, path: String) throws {
    let connection = unsafe db.sqliteConnection
    let list = columns.joined(separator: ", ")
    find = try unsafe BulkStatement(connection, "SELECT _id FROM \(table) WHERE \(keyMatch)", path: path)
    previous = try unsafe BulkStatement(
      connection, "SELECT _version FROM \(history) WHERE _id = ?1 AND _superseded_by = ?2", path: path)
    restore = try unsafe BulkStatement(
      connection, "UPDATE \(table) SET (\(list)) = (SELECT \(list) FROM \(history) WHERE _version = ?1) WHERE _id = ?2",
      path: path)
    forget = try unsafe BulkStatement(connection, "DELETE FROM \(history) WHERE _version = ?1", path: path)
    delete = try unsafe BulkStatement(connection, "DELETE FROM \(table) WHERE _id = ?1", path: path)
  }

  /// Takes back the row of a key, of which `action` says what had become of it.
  func run(key: [[UInt8]], batch: Int64, _ action: RowAction) throws {
    for (place, value) in key.enumerated() {
      if value.isEmpty { find.bindNull(at: place + 1) } else { find.bind(String(validUTF8: value.span) ?? "", at: place + 1) }
    }
    guard try find.step() else {
      find.reset()
      bug("a row to withdraw is not there")
    }
    let id = find.integer(0)
    find.reset()
    try run(id: id, batch: batch, action)
  }

  /// Takes back a row that was found.
  func run(id: Int64, batch: Int64, _ action: RowAction) throws {
    if action == .create {
      delete.bind(id, at: 1)
      return try delete.run()
    }
    previous.bind(id, at: 1)
    previous.bind(batch, at: 2)
    guard try previous.step() else {
      previous.reset()
      bug("a row that took the place of another has no history")
    }
    let version = previous.integer(0)
    previous.reset()
    restore.bind(version, at: 1)
    restore.bind(id, at: 2)
    try restore.run()
    forget.bind(version, at: 1)
    try forget.run()
  }
}
