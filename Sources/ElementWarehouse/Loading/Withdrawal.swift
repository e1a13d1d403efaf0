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
    find = try unsafe BulkStatement(connection, "SELECT _id, _batch FROM \(table) WHERE \(keyMatch)", path: path)
    previous = try unsafe BulkStatement(
      connection, "SELECT _version FROM \(history) WHERE _id = ?1 AND _superseded_by = ?2", path: path)
    restore = try unsafe BulkStatement(
      connection, "UPDATE \(table) SET (\(list)) = (SELECT \(list) FROM \(history) WHERE _version = ?1) WHERE _id = ?2",
      path: path)
    forget = try unsafe BulkStatement(connection, "DELETE FROM \(history) WHERE _version = ?1", path: path)
    delete = try unsafe BulkStatement(connection, "DELETE FROM \(table) WHERE _id = ?1", path: path)
  }

  /// Takes back the row of a key and says what had become of it.
  func run(key: [[UInt8]], batch: Int64) throws -> RowOutcome {
    for (place, value) in key.enumerated() { find.bind(String(validUTF8: value.span) ?? "", at: place + 1) }
    guard try find.step() else {
      find.reset()
      bug("a row to withdraw is not there")
    }
    let (id, owner) = (find.integer(0), find.integer(1))
    find.reset()
    return try run(id: id, owner: owner, batch: batch)
  }

  /// Takes back a row that was found, which `owner` wrote, and says what had become of it.
  func run(id: Int64, owner: Int64, batch: Int64) throws -> RowOutcome {
    // A row that an earlier batch wrote was found unchanged: nothing of it is ours to take back.
    guard owner == batch else { return .unchanged }
    previous.bind(id, at: 1)
    previous.bind(batch, at: 2)
    let version = try previous.step() ? previous.integer(0) : nil
    previous.reset()
    guard let version else {
      delete.bind(id, at: 1)
      try delete.run()
      return .created
    }
    restore.bind(version, at: 1)
    restore.bind(id, at: 2)
    try restore.run()
    forget.bind(version, at: 1)
    try forget.run()
    return .updated
  }
}
