import ElementCore
import Foundation
import GRDB

extension Warehouse {
  /// What is to be taken back, and how.
  package struct UndoOrder: Sendable {
    /// The number of the batch.
    package let batch: Int
    /// Whether rows that later batches changed stay as these left them; else they keep the batch from being taken back.
    package let keepsLater: Bool
    /// Whether all is done and taken back again.
    package let isDryRun: Bool
    /// Why; nil where nobody said.
    package let reason: String?

    /// An order to take a batch back.
    package init(batch: Int, keepsLater: Bool, isDryRun: Bool, reason: String?) {
      (self.batch, self.keepsLater, self.isDryRun) = (batch, keepsLater, isDryRun)
      // A person's number in a reason would stand in lists that many may see.
      self.reason = reason.map(AuditOrigin.redacted).flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  /// Takes a batch back, in one transaction, as a batch of its own.
  ///
  /// - Parameters:
  ///   - order: which batch, and how.
  ///   - head: what the undo says of itself.
  ///   - references: the fields by which rows name others, of which those that would name nothing are counted.
  ///   - known: of each dataset the fields by which rows are known that have no key yet.
  /// - Returns: what it came to; where conflicts refuse it, nothing was changed.
  /// - Throws: `UndoRefusal` for a batch that cannot be taken back, `WarehouseError`.
  package func undo(
    _ order: UndoOrder, _ head: BatchHead, references: [StoredReference], known: [String: [String]]
  ) throws -> UndoReport {
    var isKept = false
    let report = try translatingErrors(path) {
      try queue.writeWithoutTransaction { db in
        var report = UndoReport()
        try db.inTransaction(.immediate) {
          report = try takeBack(db, order, head, references, known)
          if !order.isDryRun, !report.isRefused { try confirmAnchor(head.origin, db) }
          isKept = !order.isDryRun && !report.isRefused
          if !isKept { report.batch = nil }
          return isKept ? .commit : .rollback
        }
        return report
      }
    }
    if isKept {
      try syncFolder()
      try appendAnchor(head.origin)
    }
    return report
  }

  private func takeBack(
    _ db: Database, _ order: UndoOrder, _ head: BatchHead, _ references: [StoredReference], _ known: [String: [String]]
  ) throws -> UndoReport {
    let isUndo = try admit(db, order.batch)
    let recordedAt = Date.now.ISO8601Format()
    let batch = try head.begin(db, kind: "undo", at: recordedAt, undoes: order.batch)
    // What becomes of rows depends on which batches stand then.
    try mark(db, order.batch, by: batch)
    var report = UndoReport()
    report.batch = batch
    let shapes = try String.fetchAll(db, sql: "SELECT shape FROM dataset ORDER BY name").map {
      try TableShape(stored: $0, path: path)
    }
    var changed: [(undo: BatchUndo, shape: TableShape)] = []
    for shape in shapes {
      report.storedBefore += try count(db, shape)
      let undo = BatchUndo(
        db, shape, target: (Int64(order.batch), isUndo), batch: Int64(batch), recordedAt: recordedAt)
      try undo.plan()
      report.conflicts += try undo.findConflicts(known: known[shape.dataset] ?? shape.interim)
      if !report.conflicts.isEmpty, !order.keepsLater { continue }
      try undo.keepLater()
      let (removed, restored, reverted) = try undo.apply()
      report.removed += removed
      report.restored += restored
      report.reverted += reverted
      if removed + restored + reverted > 0 { changed.append((undo, shape)) }
    }
    report.isRefused = !report.conflicts.isEmpty && !order.keepsLater
    if report.isRefused { return report }
    for (undo, shape) in changed {
      try db.execute(
        sql: "UPDATE dataset SET digest = ? WHERE name = ?",
        arguments: [try WarehouseDigest.dataset(db, shape, path: path), shape.dataset])
      for reference in references where reference.target.utf8.elementsEqual(shape.dataset.utf8) {
        guard let other = shapes.first(where: { $0.dataset.utf8.elementsEqual(reference.dataset.utf8) }) else { continue }
        let broken = try undo.brokenCount(reference, in: other)
        if broken == 0 { continue }
        report.brokenReferences.append(
          UndoReport.BrokenReference(
            dataset: reference.dataset, field: reference.field, target: reference.target, count: broken))
      }
    }
    try db.execute(sql: "DROP TABLE IF EXISTS \(BatchUndo.rows)")
    try finish(db, order, batch, shapes, &report)
    let counts = "removed=\(report.removed),reverted=\(report.reverted),restored=\(report.restored)"
    try AuditTrail.append(
      db, head, batch: batch, at: Date.now.ISO8601Format(), counts: "undoes=\(order.batch)," + counts, reason: order.reason)
    return report
  }

  /// Whether a batch is one that took another back; refuses one that cannot be taken back.
  private func admit(_ db: Database, _ batch: Int) throws -> Bool {
    guard let row = try Row.fetchOne(db, sql: "SELECT state, kind, undone_by FROM batch WHERE id = ?", arguments: [batch])
    else { throw UndoRefusal.missing(batch) }
    let (state, kind): (String, String) = (row[0], row[1])
    if let by = row[2] as Int? { throw UndoRefusal.undone(batch, by: by) }
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
  private func mark(_ db: Database, _ target: Int, by batch: Int) throws {
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

  private func count(_ db: Database, _ shape: TableShape) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM \(shape.table)") ?? 0
  }

  /// Ends the batch that took another one back.
  private func finish(_ db: Database, _ order: UndoOrder, _ batch: Int, _ shapes: [TableShape], _ report: inout UndoReport)
    throws
  {
    report.storedAfter = try shapes.reduce(0) { try $0 + count(db, $1) }
    guard report.storedAfter == report.storedBefore - report.removed + report.restored else {
      bug("the rows of an undo do not balance")
    }
    report.digest = try WarehouseDigest.warehouse(db)
    try db.execute(
      sql: """
        UPDATE batch SET state = 'loaded', finished_at = ?, removed = ?, restored = ?, reverted = ?, stored_before = ?,
          stored_after = ?, digest = ?, reason = ? WHERE id = ?
        """,
      arguments: [
        Date.now.ISO8601Format(), report.removed, report.restored, report.reverted, report.storedBefore, report.storedAfter,
        report.digest, order.reason, batch,
      ])
    try Seal.close(db, batch: batch)
  }
}

/// A batch that cannot be taken back.
package enum UndoRefusal: Error, Sendable, Equatable {
  /// There is none of the number.
  case missing(Int)
  /// It was taken back already, by another one.
  case undone(Int, by: Int)
  /// A limit held it: nothing of it was stored.
  case held(Int)
  /// A row of a dataset was there before it, and the version of before is not.
  case damaged(dataset: String)
  /// A former value of a field is no number, which the column holds now.
  case misfit(dataset: String, field: String)
}
