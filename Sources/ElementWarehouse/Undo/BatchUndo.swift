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
  let db: Database
  let shape: TableShape

  /// An undo in the tables of a dataset.
  init(_ db: Database, _ shape: TableShape, target: (batch: Int64, isUndo: Bool), batch: Int64, recordedAt: String) {
    (self.db, self.shape, self.target, self.batch, self.recordedAt) = (db, shape, target, batch, recordedAt)
  }

  /// What is done with each row: whether the batch made it as it stands, the version that it gets back (`_former`), and the batch that keeps
  /// it from that (`_rival`). No field is called so: their names begin with a letter.
  static let rows = "temp.yaosu_undo"

  /// The name of the dataset as a text in SQL.
  var name: String { "'" + shape.dataset.replacing("'", with: "''") + "'" }

  /// Whether the batch, `?1`, made a version `v` of a row, which may stand again since it was taken back: a condition in SQL.
  var isMade: String {
    target.isUndo
      ? "EXISTS (SELECT 1 FROM main.revival r WHERE r.dataset = \(name) AND r.id = v._id AND r.batch = ?1 AND r.origin = v._batch)"
      : "v._batch = ?1"
  }

  /// Finds out what is to be done with each row that the batch made or ended, but for what keeps it from being done.
  ///
  /// - Throws: `UndoRefusal.damaged` where a row was there before the batch and what it was is not.
  func plan() throws {
    try db.execute(
      sql: """
        DROP TABLE IF EXISTS \(Self.rows);
        CREATE TEMP TABLE yaosu_undo (_undone INTEGER PRIMARY KEY, _made INTEGER NOT NULL, _former INTEGER, _rival INTEGER);
        """)
    try db.execute(
      sql: "INSERT INTO \(Self.rows) (_undone, _made) SELECT v._id, 1 FROM \(shape.table) v WHERE \(isMade)",
      arguments: [target.batch])
    try db.execute(
      sql: """
        INSERT INTO \(Self.rows) (_undone, _made, _former)
        SELECT h._id, 0, h._version FROM \(shape.history) h WHERE h._superseded_by = ?1 AND h._batch <> ?1
        ON CONFLICT (_undone) DO UPDATE SET _former = excluded._former
        """, arguments: [target.batch])
    if !target.isUndo { try confirmHistory() }
    try passOverUndone()
  }

  /// Numbers of rows only grow: one that is no higher than those of earlier batches was there before this one.
  private func confirmHistory() throws {
    let isLacking = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM \(Self.rows) u WHERE u._made AND u._former IS NULL AND u._undone <= max(
          ifnull((SELECT max(v._id) FROM \(shape.table) v WHERE v._batch < ?1), 0),
          ifnull((SELECT max(h._id) FROM \(shape.history) h WHERE h._batch < ?1), 0)))
        """, arguments: [target.batch])
    if isLacking == true { throw UndoRefusal.damaged(dataset: shape.dataset) }
  }

  /// What a batch said that was taken back since does not return: the version before it does, or none.
  private func passOverUndone() throws {
    let undone = "SELECT id FROM main.batch WHERE state = 'undone'"
    repeat {
      try db.execute(
        sql: """
          UPDATE \(Self.rows) SET _former = (
            SELECT h2._version FROM \(shape.history) h1
            JOIN \(shape.history) h2 ON h2._id = h1._id AND h2._superseded_by = h1._batch AND h2._batch <> h1._batch
            WHERE h1._version = _former)
          WHERE _former IS NOT NULL AND (SELECT h._batch FROM \(shape.history) h WHERE h._version = _former) IN (\(undone))
          """)
    } while db.changesCount > 0
    try db.execute(sql: "DELETE FROM \(Self.rows) WHERE NOT _made AND _former IS NULL")
  }

  /// Leaves the rows alone that later batches changed or confirmed, and those that were joined to one of them.
  func keepLater() throws {
    try db.execute(
      sql: """
        DELETE FROM \(Self.rows) WHERE _undone IN (
          SELECT l.from_id FROM main.link l WHERE l.batch = ?1 AND l.dataset = \(name)
            AND l.to_id IN (SELECT u._undone FROM \(Self.rows) u WHERE u._rival IS NOT NULL))
        """, arguments: [target.batch])
    try db.execute(sql: "DELETE FROM \(Self.rows) WHERE _rival IS NOT NULL")
  }

  /// Takes back what was planned; returns how many rows leave, come back whole, and get their former values back.
  func apply() throws -> (removed: Int, restored: Int, reverted: Int) {
    try refuseMisfits()
    let leaving = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(Self.rows) WHERE _made AND _former IS NULL") ?? 0
    let all = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(shape.table)") ?? 0
    // Of many rows an index is made anew sooner than it is kept up to date.
    let indexes = leaving * 4 > all ? try dropIndexes() : []
    let columns = shape.allColumns.joined(separator: ", ")
    try keepAsHistory(columns)
    try db.execute(
      sql: """
        UPDATE \(shape.table) SET (\(columns)) = (
          SELECT \(columns) FROM \(shape.history) h
          WHERE h._version = (SELECT u._former FROM \(Self.rows) u WHERE u._undone = \(shape.table)._id))
        WHERE _id IN (SELECT u._undone FROM \(Self.rows) u WHERE u._made AND u._former IS NOT NULL)
        """)
    let reverted = db.changesCount
    if leaving > 0 {
      try LinkageRows.leave(db, shape.dataset, "SELECT u._undone FROM \(Self.rows) u WHERE u._made AND u._former IS NULL")
    }
    try db.execute(
      sql: leaving == all
        ? "DELETE FROM \(shape.table)"
        : "DELETE FROM \(shape.table) WHERE _id IN (SELECT u._undone FROM \(Self.rows) u WHERE u._made AND u._former IS NULL)")
    try db.execute(
      sql: """
        INSERT INTO \(shape.table) (_id, \(columns)) SELECT _id, \(columns) FROM \(shape.history) h
        WHERE h._version IN (SELECT u._former FROM \(Self.rows) u WHERE NOT u._made)
        """)
    let restored = db.changesCount
    try db.execute(
      sql: """
        INSERT INTO main.revival (dataset, id, batch, origin)
        SELECT \(name), u._undone, ?1, h._batch FROM \(Self.rows) u JOIN \(shape.history) h ON h._version = u._former
        """, arguments: [batch])
    for sql in indexes { try db.execute(sql: sql) }
    return (leaving, restored, reverted)
  }

  /// What stands as the batch made it becomes history.
  private func keepAsHistory(_ columns: String) throws {
    for (reason, condition) in [("removed", "IS NULL"), ("superseded", "IS NOT NULL")] {
      let seal = TableShape.endSeal("'\(reason)'", "?1", "?2")
      try db.execute(
        sql: """
          INSERT INTO \(shape.history) (_id, \(columns), _superseded_at, _superseded_by, _reason, _end_seal)
          SELECT _id, \(columns), ?1, ?2, '\(reason)', \(seal) FROM \(shape.table)
          WHERE _id IN (SELECT u._undone FROM \(Self.rows) u WHERE u._made AND u._former \(condition))
          """, arguments: [recordedAt, batch])
    }
  }

  /// Drops the indexes of the table; returns the statements that make them again.
  private func dropIndexes() throws -> [String] {
    let indexes = try Row.fetchAll(
      db, sql: "SELECT name, sql FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
      arguments: [shape.dataset])
    for index in indexes { try db.execute(sql: "DROP INDEX main.\(TableShape.quoted(index[0]))") }
    return indexes.map { $0[1] }
  }

  /// Refuses former values that a column does not take any more, which holds numbers now.
  private func refuseMisfits() throws {
    for column in shape.columns where column.isInteger {
      let name = TableShape.quoted(column.name)
      let misfits = try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM \(Self.rows) u JOIN \(shape.history) h ON h._version = u._former
            WHERE h.\(name) IS NOT NULL AND CAST(CAST(h.\(name) AS INTEGER) AS TEXT) <> h.\(name))
          """)
      if misfits == true { throw UndoRefusal.misfit(dataset: shape.dataset, field: column.name) }
    }
  }

  /// How many current rows of other datasets, whose shapes these are, name rows that this undo removed or renamed.
  func brokenReferences(_ references: [StoredReference], _ shapes: [TableShape]) throws -> [UndoReport.BrokenReference] {
    try references.compactMap { reference in
      guard reference.target.utf8.elementsEqual(shape.dataset.utf8),
        let other = shapes.first(where: { $0.dataset.utf8.elementsEqual(reference.dataset.utf8) })
      else { return nil }
      let count = try brokenCount(reference, in: other)
      return count == 0
        ? nil
        : UndoReport.BrokenReference(
          dataset: reference.dataset, field: reference.field, target: reference.target, count: count)
    }
  }

  /// How many current rows name, by a field, a row of a target that this undo removed or renamed, and that no other row has the name of.
  private func brokenCount(_ reference: StoredReference, in other: TableShape) throws -> Int {
    guard other.column(reference.field) != nil, shape.column(reference.targetField) != nil else { return 0 }
    let (field, name) = (TableShape.quoted(reference.field), TableShape.quoted(reference.targetField))
    return try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM \(other.table) WHERE \(field) IN (
          SELECT h.\(name) FROM \(shape.history) h WHERE h._superseded_by = ?1 AND h.\(name) IS NOT NULL
          EXCEPT SELECT t.\(name) FROM \(shape.table) t)
        """, arguments: [batch]) ?? 0
  }
}
