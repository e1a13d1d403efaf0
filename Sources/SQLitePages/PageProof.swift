import CSQLite
import ElementCore
import Glibc

extension PageDatabase {
  /// A database without tables, which is attached with its first; nil where SQLite takes none: rows go in value by value then.
  ///
  /// - Parameter connection: a connection of SQLite that stays open as long as this object is used.
  package convenience init?(for connection: OpaquePointer) {
    guard PageProof.obstacle == nil else { return nil }
    unsafe self.init(unproven: connection)
  }
}

/// Which way new rows go into a table, and why: as pages where this SQLite was seen to copy them right, else value by value. What is
/// written is the same.
package enum PageProof {
  /// Why rows go in value by value.
  package enum Obstacle: Sendable {
    /// Somebody asked for it: `YAOSU_PAGES=off` in the environment, to look for a fault.
    case switchedOff
    /// This SQLite names no file system in a URI.
    case unreachable
    /// Two small batches did not come out as they went in.
    case failed
  }

  /// What is in the way of pages, found out once a process; nil for nothing.
  package static let obstacle: Obstacle? = {
    if let setting = unsafe getenv("YAOSU_PAGES"), unsafe strcmp(setting, "off") == 0 { return .switchedOff }
    guard PageFileSystem.isReachable else { return .unreachable }
    return copiesRight() ? nil : .failed
  }()

  private static let schema = PageSchema(
    table: "proof", sql: "CREATE TABLE proof (_id INTEGER PRIMARY KEY, text TEXT, number INTEGER)",
    keyIndex: ("proof_key", "CREATE INDEX proof_key ON proof (text, number)"))
  private static let batches: [[(text: String, number: Int64)]] = [
    [("a", 0), ("例", -1), (String(repeating: "x", count: 300), 1 << 40)], [("y", 1)],
  ]

  /// Whether batches come out of a table in memory as they went into its pages, and their key index with them.
  private static func copiesRight() -> Bool {
    var handle: OpaquePointer?
    defer { unsafe sqlite3_close(handle) }
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI
    guard unsafe sqlite3_open_v2(":memory:", &handle, flags, nil) == SQLITE_OK, let connection = unsafe handle else {
      return false
    }
    // As in a load: the list of tables is read again within a transaction.
    let database = unsafe PageDatabase(unproven: connection)
    let other = PageSchema(table: "other", sql: "CREATE TABLE other (_id INTEGER PRIMARY KEY)")
    guard unsafe run(schema.sql, connection), unsafe run(schema.keyIndex?.sql ?? "", connection),
      unsafe run("BEGIN", connection),
      database.add(other) != nil, let pages = database.add(schema)
    else { return false }
    var lastRow: Int64 = 0
    for (place, batch) in batches.enumerated() {
      if place == batches.count - 1 { pages.keys = keys(pages) }
      guard pages.lay(rows(batch, behind: lastRow)), unsafe run("INSERT INTO main.proof SELECT * FROM pages.proof", connection)
      else { return false }
      lastRow += Int64(batch.count)
    }
    let wanted = batches.joined().enumerated().map { "(\($0 + 1), '\($1.text)', \($1.number))" }.joined(separator: ", ")
    // An `INTEGER` that is stored as text, or the other way round, is another value.
    let isEqual =
      "SELECT count(*) = 4 FROM proof WHERE (_id, text, number) IN (VALUES \(wanted)) AND typeof(number) = 'integer'"
    return unsafe run("COMMIT", connection) && says("1", isEqual, connection)
      && says("4", "SELECT count(*) FROM proof INDEXED BY proof_key WHERE text > ''", connection)
      && says("ok", "PRAGMA main.integrity_check", connection)
  }

  private static func rows(_ batch: [(text: String, number: Int64)], behind lastRow: Int64) -> PageRows {
    let bytes = batch.flatMap { Array($0.text.utf8) }
    var end = 0
    let ranges = batch.map { row in
      defer { end += row.text.utf8.count }
      return FieldRange(end, end + row.text.utf8.count)
    }
    return PageRows(
      columns: [.nulls(1), .text(0), .integer(0)], bytes: bytes, values: ranges, width: 1,
      records: batch.indices.map(Int32.init),
      integers: batch.map(\.number), integerCount: 1, behind: lastRow)
  }

  /// The key index of all batches.
  private static func keys(_ pages: TablePages) -> KeyTree {
    let tree = KeyTree(firstLeaf: pages.firstKeyLeaf, leafLimit: 1)
    var builder = RecordBuilder(columns: 3)
    let rows = batches.joined().enumerated().map { (text: Array($1.text.utf8), number: $1.number, row: Int64($0 + 1)) }
    for row in rows.sorted(by: { $0.text.lexicographicallyPrecedes($1.text) }) {
      _ = tree.add(row.text.span, [FieldRange(0, row.text.count)], (row.number, row.row), &builder)
    }
    tree.close()
    return tree
  }

  private static func run(_ sql: String, _ connection: OpaquePointer) -> Bool {
    unsafe sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK
  }

  /// Whether a statement gives one row, whose first value has this text.
  private static func says(_ text: String, _ sql: String, _ connection: OpaquePointer) -> Bool {
    var statement: OpaquePointer?
    defer { unsafe sqlite3_finalize(statement) }
    guard unsafe sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK,
      unsafe sqlite3_step(statement) == SQLITE_ROW, let found = unsafe sqlite3_column_text(statement, 0)
    else { return false }
    // SAFETY: SQLite ends the text with a zero, and keeps it until the next step.
    return unsafe strcmp(UnsafeRawPointer(found).assumingMemoryBound(to: CChar.self), text) == 0
      && sqlite3_step(statement) == SQLITE_DONE
  }
}
