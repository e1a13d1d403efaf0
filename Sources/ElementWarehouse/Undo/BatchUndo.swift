import ElementCore
import GRDB

/// Takes a batch back in a dataset: what it created leaves, what it changed is as it was, what it ended comes back, and all of that becomes
/// history in its turn, so that it can be undone as well.
struct BatchUndo {
  /// The batch that is taken back, and whether it took one back itself.
  let target: (batch: Int64, isUndo: Bool)
  /// The batch that takes it back.
  let batch: Int64
  /// When.
  let recordedAt: String
  private let db: Database
  private let shape: TableShape

  /// How many keys of rows in conflict are told.
  static let samples = 5

  /// An undo in the tables of a dataset.
  init(_ db: Database, _ shape: TableShape, target: (batch: Int64, isUndo: Bool), batch: Int64, recordedAt: String) {
    (self.db, self.shape, self.target, self.batch, self.recordedAt) = (db, shape, target, batch, recordedAt)
  }

  /// The name of the dataset as a text in SQL.
  private var name: String { "'" + shape.dataset.replacing("'", with: "''") + "'" }

  /// The current rows that stand as the batch made them, also where they were changed since and that was taken back: a condition on a
  /// table `t`.
  private var isMade: String {
    target.isUndo
      ? "EXISTS (SELECT 1 FROM revival r WHERE r.dataset = \(name) AND r.id = t._id AND r.batch = ?1 AND r.origin = t._batch)"
      : "t._batch = ?1"
  }

  /// Finds out what is to be done with each row that the batch made or ended, and what keeps it from being done.
  func plan() throws -> [UndoReport.Conflict] {
    try db.execute(
      sql: """
        DROP TABLE IF EXISTS temp.undo_row;
        CREATE TEMP TABLE undo_row (id INTEGER PRIMARY KEY, is_made INTEGER NOT NULL, version INTEGER, rival INTEGER);
        """)
    try db.execute(
      sql: "INSERT INTO undo_row (id, is_made) SELECT _id, 1 FROM \(shape.table) t WHERE \(isMade)", arguments: [target.batch])
    try db.execute(
      sql: """
        INSERT INTO undo_row (id, is_made, version)
        SELECT _id, 0, _version FROM \(shape.history) WHERE _superseded_by = ?1 AND _batch <> ?1
        ON CONFLICT (id) DO UPDATE SET version = excluded.version
        """, arguments: [target.batch])
    try findLaterChanges()
    try findTakenKeys()
    return try conflicts()
  }

  /// Rows that a later batch changed or ended: what the batch made of them does not stand any more.
  private func findLaterChanges() throws {
    let ended =
      target.isUndo
      ? "SELECT id, 0 FROM revival WHERE dataset = \(name) AND batch = ?1"
      : "SELECT _id, 0 FROM \(shape.history) WHERE _batch = ?1 AND _superseded_by <> ?1"
    try db.execute(
      sql: "INSERT OR IGNORE INTO undo_row (id, is_made) \(ended)", arguments: [target.batch])
    try db.execute(
      sql: """
        UPDATE undo_row SET rival = coalesce(
          (SELECT min(_superseded_by) FROM \(shape.history) h WHERE h._id = undo_row.id AND h._superseded_by > ?1), ?1)
        WHERE NOT is_made AND (version IS NULL OR EXISTS (SELECT 1 FROM \(shape.table) t WHERE t._id = undo_row.id))
        """, arguments: [target.batch])
  }

  /// Rows whose former key another row has by now.
  private func findTakenKeys() throws {
    let match = shape.key.map { "t.\(TableShape.quoted($0)) IS h.\(TableShape.quoted($0))" }.joined(separator: " AND ")
    let first = TableShape.quoted(shape.key[0])
    try db.execute(
      sql: """
        UPDATE undo_row SET rival = (
          SELECT t._batch FROM \(shape.history) h JOIN \(shape.table) t ON \(match)
          WHERE h._version = undo_row.version AND h.\(first) IS NOT NULL AND t._id <> undo_row.id
            AND NOT EXISTS (SELECT 1 FROM undo_row o WHERE o.id = t._id AND o.is_made))
        WHERE version IS NOT NULL AND rival IS NULL
        """)
  }

  private func conflicts() throws -> [UndoReport.Conflict] {
    let counts = try Row.fetchAll(
      db, sql: "SELECT rival, count(*) FROM undo_row WHERE rival IS NOT NULL GROUP BY rival ORDER BY rival")
    return try counts.map { row in
      let (rival, count): (Int, Int) = (row[0], row[1])
      let key = shape.key.map { "CAST(\(TableShape.quoted($0)) AS TEXT)" }.joined(separator: ", ")
      let keys = try Row.fetchAll(
        db,
        sql: """
          SELECT \(key) FROM (SELECT * FROM undo_row WHERE rival = ?1 ORDER BY id LIMIT \(Self.samples)) u
          JOIN (SELECT _id, \(shape.key.map(TableShape.quoted).joined(separator: ", ")) FROM \(shape.table)
            UNION SELECT _id, \(shape.key.map(TableShape.quoted).joined(separator: ", ")) FROM \(shape.history)
              WHERE _superseded_by >= ?2) v ON v._id = u.id GROUP BY u.id
          """, arguments: [rival, target.batch])
      return UndoReport.Conflict(
        dataset: shape.dataset, batch: rival, count: count, keys: keys.map { row in shape.key.indices.map { row[$0] ?? "" } })
    }
  }

  /// Leaves the rows alone that later batches changed, and those that were joined to one of them.
  func keepLater() throws {
    try db.execute(
      sql: """
        DELETE FROM undo_row WHERE id IN (
          SELECT from_id FROM link WHERE batch = ?1 AND dataset = \(name)
            AND to_id IN (SELECT id FROM undo_row WHERE rival IS NOT NULL));
        """, arguments: [target.batch])
    try db.execute(sql: "DELETE FROM undo_row WHERE rival IS NOT NULL")
  }

  /// Takes back what was planned; returns how many rows leave, come back whole, and get their former values back.
  func apply() throws -> (removed: Int, restored: Int, reverted: Int) {
    let columns = shape.allColumns.joined(separator: ", ")
    let seal = TableShape.endSeal("CASE WHEN u.version IS NULL THEN 'removed' ELSE 'superseded' END", "?1", "?2")
    try db.execute(
      sql: """
        INSERT INTO \(shape.history) (_id, \(columns), _superseded_at, _superseded_by, _reason, _end_seal)
        SELECT _id, \(columns), ?1, ?2, CASE WHEN u.version IS NULL THEN 'removed' ELSE 'superseded' END, \(seal)
        FROM \(shape.table) t JOIN undo_row u ON u.id = t._id WHERE u.is_made
        """, arguments: [recordedAt, batch])
    try db.execute(
      sql: """
        UPDATE \(shape.table) SET (\(columns)) = (
          SELECT \(columns) FROM \(shape.history) WHERE _version = (SELECT version FROM undo_row WHERE id = \(shape.table)._id))
        WHERE _id IN (SELECT id FROM undo_row WHERE is_made AND version IS NOT NULL)
        """)
    let reverted = db.changesCount
    try db.execute(
      sql: "DELETE FROM \(shape.table) WHERE _id IN (SELECT id FROM undo_row WHERE is_made AND version IS NULL)")
    let removed = db.changesCount
    try db.execute(
      sql: """
        INSERT INTO \(shape.table) (_id, \(columns)) SELECT _id, \(columns) FROM \(shape.history)
        WHERE _version IN (SELECT version FROM undo_row WHERE NOT is_made AND version IS NOT NULL)
        """)
    let restored = db.changesCount
    try db.execute(
      sql: """
        INSERT INTO revival (dataset, id, batch, origin)
        SELECT \(name), id, ?1, (SELECT _batch FROM \(shape.history) WHERE _version = version) FROM undo_row
        WHERE version IS NOT NULL
        """, arguments: [batch])
    return (removed, restored, reverted)
  }

  /// How many current rows name, by a field, a row of a target that this undo removed, and that no other row has the name of.
  func brokenCount(_ reference: StoredReference, in other: TableShape) throws -> Int {
    guard other.column(reference.field) != nil, shape.column(reference.targetField) != nil else { return 0 }
    let (field, name) = (TableShape.quoted(reference.field), TableShape.quoted(reference.targetField))
    return try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM \(other.table) WHERE \(field) IN (
          SELECT \(name) FROM \(shape.history) WHERE _superseded_by = ?1 AND _reason = 'removed' AND \(name) IS NOT NULL
          EXCEPT SELECT \(name) FROM \(shape.table))
        """, arguments: [batch]) ?? 0
  }
}
