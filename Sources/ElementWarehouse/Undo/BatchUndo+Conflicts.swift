import ElementCore
import Foundation
import GRDB

extension BatchUndo {
  /// How many rows in conflict are told.
  static let samples = 5

  /// Finds what keeps rows from being taken back; `known` are the fields by which rows are known that have no key yet.
  func findConflicts(known: [String]) throws -> [UndoReport.Conflict] {
    try findLaterChanges()
    try findConfirmed()
    try findTakenKeys(known)
    return try conflicts()
  }

  /// Rows that a later batch changed or ended: what the batch made of them does not stand any more.
  private func findLaterChanges() throws {
    let ended =
      target.isUndo
      ? "SELECT r.id, 0 FROM main.revival r WHERE r.dataset = \(name) AND r.batch = ?1"
      : "SELECT h._id, 0 FROM \(shape.history) h WHERE h._batch = ?1 AND h._superseded_by <> ?1"
    try db.execute(
      sql: "INSERT OR IGNORE INTO \(Self.rows) (_undone, _made) \(ended)", arguments: [target.batch])
    let since = "max(t._batch, ifnull((SELECT max(r.batch) FROM main.revival r WHERE r.dataset = \(name) AND r.id = t._id), 0))"
    try db.execute(
      sql: """
        UPDATE \(Self.rows) SET _rival = coalesce(
          (SELECT \(since) FROM \(shape.table) t WHERE t._id = _undone),
          (SELECT max(h._superseded_by) FROM \(shape.history) h WHERE h._id = _undone), ?1)
        WHERE NOT _made AND (_former IS NULL OR EXISTS (SELECT 1 FROM \(shape.table) t WHERE t._id = _undone)
          OR EXISTS (SELECT 1 FROM \(shape.history) v WHERE v._id = _undone AND \(isMade) AND v._superseded_by <> ?1))
        """, arguments: [target.batch])
  }

  /// Rows that a later load found as they stand, or joined another one to: without this batch they would be there all the same.
  private func findConfirmed() throws {
    let standing = "SELECT id FROM main.batch WHERE state = 'loaded' AND id > ?1"
    // The sets of many nights are looked at one by one: each takes a bit of every row.
    let confirmations = try Row.fetchCursor(
      db, sql: "SELECT batch, ids FROM main.confirmation WHERE dataset = \(name) AND batch IN (\(standing)) ORDER BY batch",
      arguments: [target.batch])
    let note = try db.makeStatement(sql: "UPDATE \(Self.rows) SET _rival = ? WHERE _undone = ?")
    var made = try Int64.fetchAll(db, sql: "SELECT _undone FROM \(Self.rows) WHERE _made AND _rival IS NULL")
    while !made.isEmpty, let confirmation = try confirmations.next() {
      let (batch, rows) = (confirmation[0] as Int64, RowSet(bytes: [UInt8](confirmation[1] as Data)))
      for row in made where rows.contains(row) { try note.execute(arguments: [batch, row]) }
      made.removeAll(where: rows.contains)
    }
    try db.execute(
      sql: """
        UPDATE \(Self.rows) SET _rival = (
          SELECT max(l.batch) FROM main.link l WHERE l.dataset = \(name) AND l.to_id = _undone AND l.batch IN (\(standing)))
        WHERE _made AND _former IS NULL AND _rival IS NULL
        """, arguments: [target.batch])
  }

  /// Rows whose former key another row has by now, under any of its forms, and rows without a key of which another says the same.
  private func findTakenKeys(_ known: [String]) throws {
    let keys = shape.key.map { "t.\(TableShape.quoted($0)) IS h.\(TableShape.quoted($0))" }
    let first = "h.\(TableShape.quoted(shape.key[0]))"
    try findRivals(where: keys.joined(separator: " AND ") + " AND \(first) IS NOT NULL")
    if shape.key.count == 1, shape.column(shape.key[0])?.type == "citizenId" {
      // Numbers of 15 digits lack the century and the check character (GB 11643-1989).
      let other = "t.\(TableShape.quoted(shape.key[0]))"
      try findRivals(where: "length(\(first)) = 18 AND \(other) = substr(\(first), 1, 6) || substr(\(first), 9, 9)")
      let longer = "substr(\(first), 1, 6) || '19' || substr(\(first), 7)"
      try findRivals(where: "length(\(first)) = 15 AND \(other) >= \(longer) AND \(other) < \(longer) || ':'")
    }
    let musts = known.filter { shape.column($0) != nil }.map { "t.\(TableShape.quoted($0)) = h.\(TableShape.quoted($0))" }
    if !musts.isEmpty { try findRivals(where: "\(first) IS NULL AND " + musts.joined(separator: " AND ")) }
  }

  /// Finds rows `t` that stay beside versions `h` that come back: all at once, so that SQLite makes an index of its own where there is none.
  private func findRivals(where condition: String) throws {
    try db.execute(
      sql: """
        DROP TABLE IF EXISTS temp.yaosu_rival;
        CREATE TEMP TABLE yaosu_rival AS SELECT u._undone AS _undone, max(t._batch) AS _rival
          FROM \(Self.rows) u JOIN \(shape.history) h ON h._version = u._former JOIN \(shape.table) t ON \(condition)
          WHERE u._rival IS NULL AND t._id <> u._undone
            AND NOT EXISTS (SELECT 1 FROM \(Self.rows) o WHERE o._undone = t._id AND o._made)
          GROUP BY u._undone;
        UPDATE \(Self.rows) SET _rival = (SELECT r._rival FROM temp.yaosu_rival r WHERE r._undone = yaosu_undo._undone)
          WHERE _undone IN (SELECT r._undone FROM temp.yaosu_rival r);
        DROP TABLE temp.yaosu_rival;
        """)
  }

  private func conflicts() throws -> [UndoReport.Conflict] {
    let counts = try Row.fetchAll(
      db, sql: "SELECT _rival, count(*) FROM \(Self.rows) WHERE _rival IS NOT NULL GROUP BY _rival ORDER BY _rival")
    return try counts.map { row in
      let (rival, count): (Int, Int) = (row[0], row[1])
      let rows = try Int64.fetchAll(
        db, sql: "SELECT _undone FROM \(Self.rows) WHERE _rival = ? ORDER BY _undone LIMIT \(Self.samples)", arguments: [rival])
      return UndoReport.Conflict(dataset: shape.dataset, batch: rival, count: count, rows: try rows.map(names))
    }
  }

  /// What a row is known by, as it stands or stood last: the values of its key, or of what stands for that.
  private func names(_ row: Int64) throws -> [UndoReport.Name] {
    let fields = shape.key + shape.interim
    let list = fields.map { "CAST(\(TableShape.quoted($0)) AS TEXT)" }.joined(separator: ", ")
    let found =
      try Row.fetchOne(db, sql: "SELECT \(list) FROM \(shape.table) WHERE _id = ?", arguments: [row])
      ?? Row.fetchOne(
        db, sql: "SELECT \(list) FROM \(shape.history) WHERE _id = ? ORDER BY _superseded_by DESC LIMIT 1", arguments: [row])
    guard let found else { return [] }
    let named = fields.indices.compactMap { place in
      (found[place] as String?).map { UndoReport.Name(field: fields[place], value: $0) }
    }
    let keyed = named.filter { shape.key.contains($0.field) }
    return keyed.isEmpty ? named : keyed
  }
}
