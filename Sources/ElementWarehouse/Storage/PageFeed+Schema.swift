import ElementSchema
import GRDB

extension PageFeed {
  private static let prefix = "feed_"

  /// Attaches pages, and prepares the statement that copies their rows; nil where they cannot be attached.
  static func copying(_ pages: FeedPages, _ db: Database, _ dataset: Dataset, _ path: String) throws -> BulkStatement? {
    let own = TableShape.quoted(prefix + dataset.name)
    let isAttached = FeedFileSystem.offering(pages) { file in
      (try? db.execute(sql: "ATTACH 'file:\(file)?vfs=\(FeedFileSystem.name)' AS \(own)")) != nil
    }
    guard isAttached == true else { return nil }
    // Every batch has pages of its own: none is worth keeping.
    try db.execute(sql: "PRAGMA \(own).cache_size = 0")
    let table = TableShape.quoted(dataset.name)
    // A row that cannot be inserted ends the load anyway: SQLite then needs no way back to where each statement began.
    return try unsafe BulkStatement(
      db.sqliteConnection, "INSERT OR ROLLBACK INTO main.\(table) SELECT * FROM \(own).\(table)", path: path)
  }

  /// What the schema of the feed must say: the table as it is, and its indexes.
  ///
  /// Nil where records copied as they are would leave something out: an index that is not ours, other columns than those of the shape,
  /// or one with a value of its own for rows that have none.
  static func schema(_ db: Database, _ shape: TableShape) throws -> [FeedPages.SchemaEntry]? {
    let rows = try Row.fetchAll(
      db, sql: "SELECT type, name, sql FROM main.sqlite_schema WHERE tbl_name = ? ORDER BY type DESC",
      arguments: [shape.dataset]
    )
    let roots = [
      shape.dataset: FeedPages.tableRoot, shape.dataset + "_interim": FeedPages.indexRoot,
      shape.dataset + "_key": FeedPages.keyRoot,
    ]
    let entries: [FeedPages.SchemaEntry] = rows.compactMap { row in
      let (type, name, sql): (String, String, String?) = (row[0], row[1], row[2])
      guard ["table", "index"].contains(type), let root = roots[name], let sql else { return nil }
      return (type, name, shape.dataset, root, sql)
    }
    return try entries.count == rows.count && stands(db, shape) ? entries : nil
  }

  /// Whether the table has just the columns of its shape, in its order.
  private static func stands(_ db: Database, _ shape: TableShape) throws -> Bool {
    let columns = try Row.fetchAll(
      db, sql: "SELECT name, type, dflt_value FROM pragma_table_info(?, 'main') ORDER BY cid", arguments: [shape.dataset])
    let names = ["_id"] + TableShape.systemColumns + shape.names
    guard columns.count == names.count else { return false }
    return zip(columns, names).allSatisfy { row, expected in
      let (name, type, value): (String, String, String?) = (row[0], row[1], row[2])
      return name == expected && value == nil && shape.column(name).map { $0.affinity == type } ?? true
    }
  }

  /// Lets go of the databases of all feeds, when their statements are gone and the transaction has ended.
  static func detach(_ db: Database) throws {
    let names = try String.fetchAll(db, sql: "SELECT name FROM pragma_database_list WHERE name LIKE '\(prefix)%'")
    for name in names { try db.execute(sql: "DETACH \(TableShape.quoted(name))") }
  }
}
