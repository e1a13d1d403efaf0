import GRDB

/// Rows that leave a dataset leave what linkage knows of them, in the same transaction: a number that is free again finds nothing.
enum LinkageRows {
  /// Forgets memberships, pairs, questions and hints of the rows of a dataset whose numbers a query gives.
  static func leave(_ db: Database, _ dataset: String, _ query: String) throws {
    try db.execute(sql: "DELETE FROM entity_member WHERE dataset = ? AND row IN (\(query))", arguments: [dataset])
    try db.execute(sql: "DELETE FROM linkage_hint WHERE dataset = ? AND row IN (\(query))", arguments: [dataset])
    for table in ["linkage_pair", "linkage_question"] {
      for side in ["left", "right"] {
        try db.execute(
          sql: "DELETE FROM \(table) WHERE \(side)_dataset = ? AND \(side)_row IN (\(query))", arguments: [dataset])
      }
    }
  }

  /// Forgets for good what was said and done about the rows of a dataset whose numbers a query gives.
  static func erase(_ db: Database, _ dataset: String, _ query: String) throws {
    try leave(db, dataset, query)
    try db.execute(sql: "DELETE FROM entity_change WHERE dataset = ? AND row IN (\(query))", arguments: [dataset])
    try db.execute(
      sql: """
        DELETE FROM linkage_decision WHERE left_dataset = ?1 AND left_row IN (\(query)) OR right_dataset = ?1 AND right_row IN (\(query))
        """, arguments: [dataset])
  }
}
