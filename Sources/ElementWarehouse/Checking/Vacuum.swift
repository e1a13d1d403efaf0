import Foundation
import GRDB

extension Warehouse {
  /// Writes the warehouse at a path anew without the room that nothing needs any more: a copy beside it is made, checked as `verify` does, and
  /// takes its place; the audit chain tells of it. Returns its size in bytes before, and what came of it.
  ///
  /// - Throws: `WarehouseError`; the warehouse is as it was then.
  package static func vacuum(_ path: String, _ head: BatchHead) throws -> (before: Int, report: BackupReport) {
    // What is none of ours gets no lock beside it.
    _ = try Warehouse(path: path, mode: .read)
    let warehouse = try Warehouse(path: path, mode: .migrate, format: .shipped, admitsOlder: false)
    let before = try WarehouseFile.size(path)
    try translatingErrors(path) { try warehouse.queue.read { try warehouse.confirmAnchor(head.origin, $0) } }
    let report = try warehouse.placeCopy(at: path) { temporary in
      try warehouse.queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [temporary]) }
      let copy = try DatabaseQueue(path: temporary, configuration: configuration(.write))
      try copy.write { try AuditTrail.append($0, head, batch: nil, at: Date.now.ISO8601Format()) }
      try copy.close()
      try WarehouseFile.copyRights(from: path, to: temporary)
    }
    // The connection still has the file of before.
    try Warehouse(path: path, mode: .read).appendAnchor(head.origin)
    return (before, report)
  }
}
