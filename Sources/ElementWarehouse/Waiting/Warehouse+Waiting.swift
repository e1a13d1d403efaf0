import Foundation
import GRDB

extension Warehouse {
  /// Visits the rows that wait, those that came first before the others; `tells` their findings too.
  package func forEachWaiting(
    _ filter: WaitingRow.Filter = WaitingRow.Filter(), tells: Bool = false, _ body: (WaitingRow) throws -> Void
  ) throws {
    try translatingErrors(path) { try queue.read { try WaitingRow.forEach($0, filter, tells: tells, body) } }
  }

  /// Gives waiting rows up, as a batch of its own that can be undone; returns its number, nil for a dry run, and how many rows it took.
  ///
  /// - Throws: `WaitingRefusal` where a row that is named does not wait, or none does; `WarehouseError`.
  package func discardWaiting(
    _ filter: WaitingRow.Filter, _ head: BatchHead, isDryRun: Bool
  ) throws -> (batch: Int?, count: Int) {
    let (batch, count) = try translatingErrors(path) {
      try queue.writeWithoutTransaction { db in
        var found = (batch: 0, count: 0)
        try db.inTransaction(.immediate) {
          found = try discard(db, filter, head)
          if !isDryRun { try confirmAnchor(head.origin, db) }
          return isDryRun ? .rollback : .commit
        }
        return found
      }
    }
    if isDryRun { return (nil, count) }
    try syncFolder()
    try appendAnchor(head.origin)
    return (batch, count)
  }

  private func discard(
    _ db: Database, _ filter: WaitingRow.Filter, _ head: BatchHead
  ) throws -> (batch: Int, count: Int) {
    var names: Set<WaitingName> = []
    try WaitingRow.forEach(db, filter, tells: false) { names.insert($0.name) }
    if let lacking = filter.names?.subtracting(names).min() {
      throw WaitingRefusal.notWaiting(lacking.description, file: nil, row: 0)
    }
    if names.isEmpty { throw WaitingRefusal.nothing }
    let batch = try head.begin(db, kind: "discard", at: Date.now.ISO8601Format())
    for name in names.sorted() {
      let id = try Int64.fetchOne(
        db, sql: "SELECT id FROM quarantine WHERE batch = ? AND input = ? AND row = ?",
        arguments: [name.batch, name.input, name.row])
      if let id { try WaitingRow.end(db, id, "discarded", by: batch) }
    }
    try endIdle(db, batch, head, counts: "discarded=\(names.count)")
    return (batch, names.count)
  }

  /// Tells the audit chain that waiting rows were handed out with their values as they are.
  package func tellExport(_ head: BatchHead, count: Int, datasets: [String]) throws {
    try translatingErrors(path) {
      try queue.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try AuditTrail.append(
            db, head, batch: nil, at: Date.now.ISO8601Format(),
            counts: "rows=\(count),datasets=" + datasets.joined(separator: "+"))
          try confirmAnchor(head.origin, db)
          return .commit
        }
      }
    }
    try syncFolder()
    try appendAnchor(head.origin)
  }
}
