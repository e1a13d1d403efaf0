package import ElementSchema
import GRDB

extension LoadTransaction {
  /// The keys of the rows of a dataset that waited before this load.
  package func waitingKeys(_ dataset: Dataset) throws -> WaitingKeys { try WaitingKeys(db, dataset) }

  /// The rows of a dataset that waited before this load, by their names.
  package func waitingNames() throws -> [WaitingName: (id: Int64, dataset: String)] {
    var out: [WaitingName: (id: Int64, dataset: String)] = [:]
    let cursor = try Row.fetchCursor(
      db, sql: "SELECT q.id, q.batch, q.input, q.row, q.dataset FROM quarantine q WHERE \(WaitingRow.waits)")
    while let row = try cursor.next() { out[WaitingName(batch: row[1], input: row[2], row: row[3])] = (row[0], row[4]) }
    return out
  }

  /// Ends the wait of a row whose record goes in.
  package func resolve(_ id: Int64) throws { try end(id, "resolved") }

  /// Ends the wait of a row that a file names whose row waits in its turn: it keeps the date of the first one.
  package func replace(_ id: Int64, by row: Int, input: Int) throws {
    try end(id, "replaced")
    try db.execute(
      sql: """
        UPDATE quarantine SET since = min(since, (SELECT ifnull(since, batch) FROM quarantine WHERE id = ?))
        WHERE batch = ? AND input = ? AND row = ?
        """, arguments: [id, batch, input, row])
  }

  private func end(_ id: Int64, _ outcome: String) throws {
    try db.execute(
      sql: "INSERT OR IGNORE INTO quarantine_end (quarantine, batch, outcome) VALUES (?, ?, ?)",
      arguments: [id, batch, outcome])
  }

  /// Ends the wait of rows that came again and wait once more: the new ones keep the date of the first.
  func replaceWaiting() throws {
    try db.execute(
      sql: """
        INSERT INTO quarantine_end (quarantine, batch, outcome) SELECT q.id, ?1, 'replaced' FROM quarantine q
        WHERE q.identity IN (SELECT identity FROM quarantine WHERE batch = ?1) AND \(WaitingRow.waits)
        """, arguments: [batch])
    try db.execute(
      sql: """
        UPDATE quarantine SET since = min(since, ifnull((
          SELECT min(ifnull(o.since, o.batch)) FROM quarantine o JOIN quarantine_end e ON e.quarantine = o.id
          WHERE o.identity = quarantine.identity AND e.batch = ?1 AND e.outcome = 'replaced'), since))
        WHERE batch = ?1
        """, arguments: [batch])
  }

  /// How many waits this load ended, by what became of them.
  package func endedWaits() throws -> (resolved: Int, replaced: Int) {
    func count(_ outcome: String) throws -> Int {
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM quarantine_end WHERE batch = ? AND outcome = ?", arguments: [batch, outcome]) ?? 0
    }
    return (try count("resolved"), try count("replaced"))
  }
}
