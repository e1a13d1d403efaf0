import GRDB

/// Which rows of a dataset are closed because a list that replaces a part of it lacked them.
///
/// A row of the table `closing` says that a batch closed a row, or opened it again because a later list names it; the last one of a batch
/// that stands counts. So nothing of the row changes, and taking a batch back needs nothing but that it stands no more.
enum Closings {
  /// The rows that are closed, as of now or behind a batch.
  static func closed(_ db: Database, _ dataset: String, behind last: Int? = nil) throws -> RowSet {
    var rows = RowSet()
    let last = last ?? .max
    let events = try Row.fetchCursor(
      db, sql: "SELECT id, batch, closes FROM closing WHERE dataset = ? AND batch <= ? ORDER BY batch",
      arguments: [dataset, last])
    var standing: Set<Int>?
    while let event = try events.next() {
      let known = try standing ?? BatchStates.standing(db, behind: last)
      standing = known
      guard known.contains(event[1]) else { continue }
      if event[2] as Bool { rows.insert(event[0]) } else { rows.remove(event[0]) }
    }
    return rows
  }

  /// Notes what a batch does to rows of a dataset by listing them, or not.
  static func keep(
    _ db: Database, _ dataset: String, _ outcome: RowPresence.Outcome, batch: Int64, at time: String
  ) throws {
    if outcome.closing.isEmpty, outcome.opening.isEmpty { return }
    let note = try db.makeStatement(
      sql: "INSERT INTO closing (dataset, id, batch, closes, recorded_at) VALUES (?, ?, ?, ?, ?)")
    for (rows, closes) in [(outcome.closing, true), (outcome.opening, false)] {
      for row in rows { try note.execute(arguments: [dataset, row, batch, closes, time]) }
    }
  }

  /// Whether the rows that a batch `b` says that it closed and opened again are there, as a further condition in SQL.
  static let balance = """
    AND (ifnull(b.closed, 0), ifnull(b.opened, 0)) = (
      SELECT count(*) FILTER (WHERE closes), count(*) FILTER (WHERE NOT closes) FROM closing c WHERE c.batch = b.id)
    """

  /// How many rows a batch closed, and opened again.
  static func counts(_ db: Database, ofBatch batch: Int) throws -> (closed: Int, opened: Int) {
    let row = try Row.fetchOne(
      db, sql: "SELECT count(*) FILTER (WHERE closes), count(*) FILTER (WHERE NOT closes) FROM closing WHERE batch = ?",
      arguments: [batch])
    return (row?[0] ?? 0, row?[1] ?? 0)
  }
}
