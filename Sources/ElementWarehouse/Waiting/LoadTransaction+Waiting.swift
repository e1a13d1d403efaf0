package import ElementSchema
import GRDB

extension LoadTransaction {
  /// The keys of the rows of a dataset that waited before this load.
  package func waitingKeys(_ dataset: Dataset) throws -> WaitingKeys {
    try WaitingKeys(db, dataset, mode: head.mode ?? .upsert)
  }

  /// The rows that waited before this load, by their names, and by those that they had when they came before.
  package func waitingNames() throws -> [WaitingName: WaitingRow] {
    var (out, byIdentity): ([WaitingName: WaitingRow], [String: WaitingRow]) = ([:], [:])
    try WaitingRow.forEach(db, WaitingRow.Filter(), tells: false) { row in
      out[row.name] = row
      if let identity = row.identity { byIdentity[identity] = row }
    }
    let cursor = try Row.fetchCursor(
      db,
      sql: """
        SELECT o.batch, o.input, o.row, o.identity FROM quarantine o WHERE o.identity IN (
          SELECT q.identity FROM quarantine q WHERE \(WaitingRow.waits))
        """)
    while let row = try cursor.next() {
      let name = WaitingName(batch: row[0], input: row[1], row: row[2])
      if out[name] == nil { out[name] = byIdentity[row[3]] }
    }
    return out
  }

  /// The rows that waited before this load and have the identity of a record.
  package func waiting(_ record: QuarantineRecord) throws -> [Int64] {
    try Int64.fetchAll(
      db, sql: "SELECT q.id FROM quarantine q WHERE q.identity = ? AND q.batch <> ? AND \(WaitingRow.waits)",
      arguments: [identities.text(record, sender: head.sender), batch])
  }

  /// Ends the wait of a row whose record goes in.
  package func resolve(_ id: Int64) throws { try WaitingRow.end(db, id, "resolved", by: batch) }

  /// Ends the wait of a row that a file names whose row waits in its turn: it keeps the date of the first one, and is known by what that was.
  package func replace(_ id: Int64, by row: Int, input: Int) throws {
    try db.execute(
      sql: "INSERT OR IGNORE INTO quarantine_end (quarantine, batch, outcome) VALUES (?, ?, 'replaced')",
      arguments: [id, batch])
    try db.execute(
      sql: """
        UPDATE quarantine SET since = min(since, o.first), identity = ifnull(o.known, identity)
        FROM (SELECT ifnull(since, batch) AS first, identity AS known FROM quarantine WHERE id = ?) o
        WHERE batch = ? AND input = ? AND row = ?
        """, arguments: [id, batch, input, row])
  }

  /// Ends the wait of rows that came again and wait once more: the new ones keep the date of the first. Of the rows of an identity none waits
  /// but those of the last batch that stands, so that many nights cost no more than one.
  func replaceWaiting() throws {
    try db.execute(
      sql: """
        INSERT INTO quarantine_end (quarantine, batch, outcome) SELECT q.id, ?1, 'replaced' FROM (
          SELECT DISTINCT n.identity AS known, (
            SELECT o.batch FROM quarantine o WHERE o.identity = n.identity AND o.batch < ?1
              AND o.batch IN (SELECT id FROM batch WHERE state = 'loaded') ORDER BY o.batch DESC LIMIT 1) AS last
          FROM quarantine n WHERE n.batch = ?1 AND n.identity IS NOT NULL) p
        CROSS JOIN quarantine q ON q.identity = p.known AND q.batch = p.last WHERE \(WaitingRow.waits)
        """, arguments: [batch])
    try db.execute(
      sql: """
        UPDATE quarantine SET since = min(since, f.first) FROM (
          SELECT o.identity AS known, min(ifnull(o.since, o.batch)) AS first
          FROM quarantine_end e CROSS JOIN quarantine o ON o.id = e.quarantine
          WHERE e.batch = ?1 AND e.outcome = 'replaced' GROUP BY o.identity) f
        WHERE quarantine.batch = ?1 AND quarantine.identity = f.known
        """, arguments: [batch])
  }

  /// How many records wait no more since this load, and how many came again and wait once more.
  package func endedWaits() throws -> (resolved: Int, replaced: Int) {
    (try WaitingRow.endCount(db, batch, "resolved"), try WaitingRow.endCount(db, batch, "replaced"))
  }
}
