import GRDB

/// The format that a file says it is of: what it holds beside the rows depends on it.
enum StoredFormat {
  /// The number of the format (`user_version`); 0 for a file in which nothing was made yet.
  static func number(_ db: Database) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }
}
