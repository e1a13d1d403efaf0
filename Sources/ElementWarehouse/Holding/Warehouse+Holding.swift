import Foundation
import GRDB

extension Warehouse {
  /// The delivery digest of a held load that nobody has answered yet, the day that counted as today, and who sent it.
  ///
  /// - Throws: `HoldRefusal`, `WarehouseError`.
  package func heldLoad(_ batch: Int) throws -> (deliveryDigest: String, asOf: String, sender: String?) {
    try translatingErrors(path) { try queue.read { try Warehouse.heldLoad($0, batch) } }
  }

  private static func heldLoad(_ db: Database, _ batch: Int) throws -> (deliveryDigest: String, asOf: String, sender: String?) {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT delivery_digest, as_of, sender FROM batch WHERE id = ? AND state = 'held'", arguments: [batch])
    else { throw HoldRefusal.notHeld(batch) }
    let answer = try Int.fetchOne(
      db, sql: "SELECT id FROM batch WHERE held_batch = ? AND state = 'loaded' ORDER BY id", arguments: [batch])
    if let answer { throw HoldRefusal.answered(batch, by: answer) }
    return (row[0], row[1], row[2])
  }

  /// Gives a held load up, as a batch of its own, and removes its files; returns the number of the batch.
  ///
  /// - Throws: `HoldRefusal`, `WarehouseError`; nothing is changed then.
  package func discardHeld(_ batch: Int, _ head: BatchHead) throws -> Int {
    var head = head
    head.heldBatch = batch
    let own = try carryOut(head.origin) { [head] db in
      _ = try Warehouse.heldLoad(db, batch)
      let own = try head.begin(db, kind: "discard", at: Date.now.ISO8601Format())
      try endIdle(db, own, head, counts: "discarded=held")
      return (own, true)
    }
    HeldFolder(warehouse: path, batch: batch).erase()
    return own
  }

  /// Ends a batch that changes no row, and tells the audit chain of it.
  func endIdle(_ db: Database, _ batch: Int, _ head: BatchHead, counts: String) throws {
    let stored = try String.fetchAll(db, sql: "SELECT name FROM dataset").reduce(0) {
      try $0 + (Int.fetchOne(db, sql: "SELECT count(*) FROM \(TableShape.quoted($1))") ?? 0)
    }
    try db.execute(
      sql: "UPDATE batch SET state = 'loaded', finished_at = ?, stored_before = ?, stored_after = ?, digest = ? WHERE id = ?",
      arguments: [Date.now.ISO8601Format(), stored, stored, try WarehouseDigest.warehouse(db), batch])
    try Seal.close(db, batch: batch)
    try AuditTrail.append(db, head, batch: batch, at: Date.now.ISO8601Format(), counts: counts, reason: head.reason)
  }
}
