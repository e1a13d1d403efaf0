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
    try carryOut(head.origin) { db in
      let (batch, count) = try discard(db, filter, head)
      return ((isDryRun ? nil : batch, count), !isDryRun)
    }
  }

  private func discard(
    _ db: Database, _ filter: WaitingRow.Filter, _ head: BatchHead
  ) throws -> (batch: Int, count: Int) {
    var rows: [WaitingName: Int64] = [:]
    try WaitingRow.forEach(db, filter, tells: false) { rows[$0.name] = $0.id }
    if let lacking = filter.names?.subtracting(rows.keys).min() {
      throw WaitingRefusal.notWaiting(lacking.description, file: nil, row: 0)
    }
    if rows.isEmpty { throw WaitingRefusal.nothing }
    let batch = try head.begin(db, kind: "discard", at: Date.now.ISO8601Format())
    for id in rows.values.sorted() { try WaitingRow.end(db, id, "discarded", by: batch) }
    try endIdle(db, batch, head, counts: "discarded=\(rows.count)")
    return (batch, rows.count)
  }

  /// Tells the audit chain that values were handed out as they are: of what and how many, such as `rows=3`.
  package func tellExport(_ head: BatchHead, _ what: String, datasets: [String]) throws {
    try carryOut(head.origin) { db in
      try AuditTrail.append(
        db, head, batch: nil, at: Date.now.ISO8601Format(),
        counts: "\(what),datasets=" + datasets.joined(separator: "+"))
      return ((), true)
    }
  }
}
