import GRDB

/// Rows that leave a dataset leave what linkage knows of them, in the same transaction: a number that is free again finds nothing.
enum LinkageRows {
  /// Forgets memberships, pairs and questions of the rows of a dataset whose numbers a query gives.
  static func leave(_ db: Database, _ dataset: String, _ query: String) throws {
    try db.execute(sql: "DELETE FROM entity_member WHERE dataset = ? AND row IN (\(query))", arguments: [dataset])
    for table in ["linkage_pair", "linkage_question"] {
      for side in ["left", "right"] {
        try db.execute(
          sql: "DELETE FROM \(table) WHERE \(side)_dataset = ? AND \(side)_row IN (\(query))", arguments: [dataset])
      }
    }
  }
}
