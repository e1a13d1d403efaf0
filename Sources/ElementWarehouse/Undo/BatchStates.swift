import GRDB

/// Which batches stand: a load stands until it is taken back, and again when that is taken back in its turn.
enum BatchStates {
  /// Whether a batch is one that took another back; refuses one that cannot be taken back.
  static func admit(_ db: Database, _ batch: Int) throws -> Bool {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT state, kind, undone_by, erased, held_batch FROM batch WHERE id = ?", arguments: [batch])
    else { throw UndoRefusal.missing(batch) }
    if row[1] as String == "discard", let held = row[4] as Int? { throw UndoRefusal.givenUp(batch, held: held) }
    let (state, kind): (String, String) = (row[0], row[1])
    if let by = row[2] as Int? { throw UndoRefusal.undone(batch, by: by) }
    if row[3] as Int? != nil { throw UndoRefusal.erased(batch) }
    if state != "loaded" { throw UndoRefusal.held(batch) }
    // Without it an undo stands again, and without what that took back another one, and so on: what each takes back must stand.
    var last = batch
    while let again = try Int.fetchOne(db, sql: "SELECT undoes FROM batch WHERE id = ?", arguments: [last]),
      let row = try Row.fetchOne(
        db, sql: "SELECT t.id, t.undone_by FROM batch u JOIN batch t ON t.id = u.undoes WHERE u.id = ?", arguments: [again])
    {
      last = row[0]
      if let by = row[1] as Int? { throw UndoRefusal.undone(last, by: by) }
    }
    return kind == "undo"
  }

  /// Marks the batch that is taken back, and what it had taken back itself, and so on.
  static func mark(_ db: Database, _ target: Int, by batch: Int) throws {
    try db.execute(
      sql: "UPDATE batch SET state = 'undone', undone_by = ? WHERE id = ?", arguments: [batch, target])
    try Seal.closeHead(db, batch: target)
    // What that had taken back stands again, and what this had taken back does not, and so on.
    var next = try Int.fetchOne(db, sql: "SELECT undoes FROM batch WHERE id = ?", arguments: [target])
    while let again = next {
      let by = try Int.fetchOne(
        db, sql: "SELECT max(id) FROM batch WHERE undoes = ? AND undone_by IS NULL AND state = 'loaded'", arguments: [again])
      try db.execute(
        sql: "UPDATE batch SET state = ?, undone_by = ? WHERE id = ?", arguments: [by == nil ? "loaded" : "undone", by, again])
      try Seal.closeHead(db, batch: again)
      next = try Int.fetchOne(db, sql: "SELECT undoes FROM batch WHERE id = ?", arguments: [again])
    }
  }

  /// The batches that stood behind a batch: those that none took back that stood itself.
  static func standing(_ db: Database, behind last: Int) throws -> Set<Int> {
    var standing: Set<Int> = []
    var undone: Set<Int> = []
    // What takes a batch back comes behind it.
    let batches = try Row.fetchCursor(
      db, sql: "SELECT id, undoes FROM batch WHERE id <= ? AND state <> 'held' ORDER BY id DESC", arguments: [last])
    while let batch = try batches.next() {
      let id: Int = batch[0]
      if undone.contains(id) { continue }
      standing.insert(id)
      if let target = batch[1] as Int? { undone.insert(target) }
    }
    return standing
  }
}
