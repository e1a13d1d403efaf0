import ElementCore
import Foundation
import GRDB

/// Which way new rows go into a table, and why: as pages where this SQLite was seen to copy them right, else value by value. What is
/// written is the same.
enum PageProof {
  /// Why rows go in value by value.
  enum Obstacle {
    /// Somebody asked for it: `YAOSU_PAGES=off` in the environment, to look for a fault.
    case switchedOff
    /// This SQLite names no file system in a URI.
    case unreachable
    /// Two small batches did not come out as they went in.
    case failed
  }

  /// What is in the way of pages, found out once a process; nil for nothing.
  static let obstacle: Obstacle? = {
    if ProcessInfo.processInfo.environment["YAOSU_PAGES"] == "off" { return .switchedOff }
    guard FeedFileSystem.isReachable else { return .unreachable }
    return (try? copiesRight()) == true ? nil : .failed
  }()

  private static let batches: [[(id: Int64, text: String, number: Int64)]] = [
    [(1, "a", 0), (2, "示例", -1), (3, String(repeating: "x", count: 300), 1 << 40)], [(4, "y", 1)],
  ]

  /// Whether batches come out of a table in memory as they went into its pages.
  private static func copiesRight() throws -> Bool {
    try DatabaseQueue().inDatabase { db in
      let sql = "CREATE TABLE proof (_id INTEGER PRIMARY KEY, text TEXT, number INTEGER)"
      try db.execute(sql: sql)
      let pages = FeedPages(schema: [("table", "proof", "proof", FeedPages.tableRoot, sql)])
      let isAttached = FeedFileSystem.offering(pages) { file in
        (try? db.execute(sql: "ATTACH 'file:\(file)?vfs=\(FeedFileSystem.name)' AS own")) != nil
      }
      guard isAttached == true else { return false }
      try db.execute(sql: "PRAGMA own.cache_size = 0")
      for batch in batches {
        guard lay(batch, pages) else { return false }
        try db.execute(sql: "INSERT INTO main.proof SELECT * FROM own.proof")
      }
      let rows = try Row.fetchAll(db, sql: "SELECT _id, text, number FROM main.proof ORDER BY _id")
      // As they come: what is wrong need not be of the type that is expected.
      let found = rows.map { row -> (Int64?, String?, Int64?) in
        (Int64.fromDatabaseValue(row[0]), String.fromDatabaseValue(row[1]), Int64.fromDatabaseValue(row[2]))
      }
      let expected = batches.flatMap { $0 }
      return try found.count == expected.count && zip(found, expected).allSatisfy { $0 == ($1.id, $1.text, $1.number) }
        && String.fetchAll(db, sql: "PRAGMA main.integrity_check") == ["ok"]
    }
  }

  private static func lay(_ batch: [(id: Int64, text: String, number: Int64)], _ pages: FeedPages) -> Bool {
    var builder = RecordBuilder(columns: 3)
    pages.begin()
    for row in batch {
      builder.begin()
      builder.addNull()
      builder.add(text: row.text)
      builder.add(row.number)
      guard builder.isWhole, pages.add(builder, row: row.id) else { return false }
    }
    pages.end()
    return true
  }
}
