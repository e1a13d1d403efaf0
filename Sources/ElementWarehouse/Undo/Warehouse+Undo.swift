import ElementCore
import Foundation
import GRDB

extension Warehouse {
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
    try carryOut(head.origin) { db in
      var report = try takeBack(db, order, head, references, known)
      let isKept = !order.isDryRun && !report.isRefused
      if !isKept { report.batch = nil }
      return (report, isKept)
    }
  }

  private func takeBack(
    _ db: Database, _ order: UndoOrder, _ head: BatchHead, _ references: [StoredReference], _ known: [String: [String]]
  ) throws -> UndoReport {
    let isUndo = try BatchStates.admit(db, order.batch)
    if isUndo, order.erases { throw UndoRefusal.madeNothing(order.batch) }
    let datasets = try String.fetchAll(db, sql: "SELECT name FROM dataset")
    let closed = try datasets.map { try Closings.closed(db, $0) }
    let recordedAt = Date.now.ISO8601Format()
    let batch = try head.begin(db, kind: "undo", at: recordedAt, undoes: order.batch)
    var report = UndoReport()
    report.batch = batch
    // What becomes of rows depends on which batches stand then.
    try BatchStates.mark(db, order.batch, by: batch)
    for (name, before) in zip(datasets, closed) {
      let after = try Closings.closed(db, name)
      before.forEach { if !after.contains($0) { report.opened += 1 } }
      after.forEach { if !before.contains($0) { report.closed += 1 } }
    }
    let shapes = try String.fetchAll(db, sql: "SELECT shape FROM dataset ORDER BY name").map {
      try TableShape(stored: $0, path: path)
    }
    let undos = shapes.map {
      BatchUndo(db, $0, target: (Int64(order.batch), isUndo), batch: Int64(batch), recordedAt: recordedAt)
    }
    for undo in undos { try takeBack(undo, order, known[undo.shape.dataset], &report) }
    report.isRefused = !report.conflicts.isEmpty && !order.keepsLater
    if report.isRefused { return report }
    if order.erases { report.erased = try erase(db, undos, order) }
    for undo in undos { report.brokenReferences += try undo.brokenReferences(references, shapes) }
    try db.execute(sql: "DROP TABLE IF EXISTS \(BatchUndo.rows)")
    try finish(db, order, batch, shapes, &report)
    let erased = report.erased.map { ",erased=\($0)" } ?? ""
    let counts = "removed=\(report.removed),reverted=\(report.reverted),restored=\(report.restored)" + erased
    try AuditTrail.append(
      db, head, batch: batch, at: Date.now.ISO8601Format(), counts: "undoes=\(order.batch)," + counts, reason: order.reason)
    return report
  }

  /// Removes for good what a batch that was taken back had made; returns how many records those were.
  private func erase(_ db: Database, _ undos: [BatchUndo], _ order: UndoOrder) throws -> Int {
    let identities = try WaitingIdentity(db, path: path)
    let count = try undos.reduce(0) { try $0 + $1.erase(identities) }
    try BatchUndo.eraseRows(db, of: order.batch)
    return count
  }

  /// Takes the batch back in one dataset, but where a conflict was found; `known` are the fields by which its rows without a key are known.
  private func takeBack(_ undo: BatchUndo, _ order: UndoOrder, _ known: [String]?, _ report: inout UndoReport) throws {
    report.storedBefore += try count(undo.db, undo.shape)
    try undo.plan()
    report.conflicts += try undo.findConflicts(known: known ?? undo.shape.interim)
    if !report.conflicts.isEmpty, !order.keepsLater { return }
    try undo.keepLater()
    let (removed, restored, reverted) = try undo.apply()
    report.removed += removed
    report.restored += restored
    report.reverted += reverted
    if removed + restored + reverted == 0 { return }
    try undo.db.execute(
      sql: "UPDATE dataset SET digest = ? WHERE name = ?",
      arguments: [try WarehouseDigest.dataset(undo.db, undo.shape, path: path), undo.shape.dataset])
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
          stored_after = ?, digest = ?, reason = ?, erased = ? WHERE id = ?
        """,
      arguments: [
        Date.now.ISO8601Format(), report.removed, report.restored, report.reverted, report.storedBefore, report.storedAfter,
        report.digest, order.reason, report.erased, batch,
      ])
    try Seal.close(db, batch: batch)
  }
}
