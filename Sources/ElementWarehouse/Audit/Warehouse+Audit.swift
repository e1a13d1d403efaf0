import ElementCore
package import ElementFormats
import Foundation
import GRDB

extension Warehouse {
  /// The file that the heads of a warehouse's chain are appended to where nobody names another.
  package static func anchor(of path: String) -> String { path + ".anchor" }

  /// The entries of the audit chain, oldest first.
  package func auditEntries() throws -> [AuditEntry] {
    try translatingErrors(path) { try queue.read { try AuditTrail.entries($0) } }
  }

  /// Verifies the audit chain, and that what an anchor file says of it stands there: an old copy that was put back, or a chain that was cut
  /// off, is shorter than that.
  package func verifyAudit(anchor: InputFile?) throws -> (differences: [Difference], entries: Int, head: String?) {
    try translatingErrors(path) {
      try queue.read { db in
        let entries = try AuditTrail.entries(db)
        var differences = try AuditTrail.differences(db)
        if let anchor, differences.isEmpty { differences = try AuditAnchor(anchor).differences(entries) }
        return (differences, entries.count, entries.last?.hash)
      }
    }
  }

  /// Does something in a transaction of its own, of which the chain tells: what is kept is in the file and its anchor, and of what `body` does
  /// not want kept nothing is left.
  func carryOut<Result>(_ origin: AuditOrigin, _ body: (Database) throws -> (result: Result, isKept: Bool)) throws -> Result {
    let done = try translatingErrors(path) {
      try queue.writeWithoutTransaction { db in
        var done: (result: Result, isKept: Bool)?
        try db.inTransaction(.immediate) {
          let ended = try body(db)
          if ended.isKept { try confirmAnchor(origin, db) }
          done = ended
          return ended.isKept ? .commit : .rollback
        }
        return done
      }
    }
    guard let done else { bug("a transaction ended without a result") }
    if done.isKept {
      try syncFolder()
      try appendAnchor(origin)
    }
    return done.result
  }

  /// Makes sure, before anything is kept, that the anchor can be appended to; one that tells of nothing yet is told of the entry before the
  /// last, so that it knows the warehouse whatever happens until the last is told.
  func confirmAnchor(_ origin: AuditOrigin, _ db: Database) throws {
    let target = origin.anchor ?? Warehouse.anchor(of: path)
    var line = ""
    // What is no anchor was put there by somebody: heads in it would prove nothing.
    if WarehouseFile.exists(target), WarehouseFile.isRegular(target), !WarehouseFile.isEmpty(target) {
      _ = try AuditAnchor(try InputFile(path: target, limits: .unlimited))
    }
    if !WarehouseFile.exists(target) || WarehouseFile.isEmpty(target), let last = try AuditTrail.head(db),
      let first = try AuditTrail.entry(db, 1), let before = try AuditTrail.entry(db, last.sequence - 1)
    {
      line = AuditAnchor.line(first.hash, before.sequence, before.hash)
    }
    try append(line, origin, isKept: false)
  }

  /// Appends the head of the chain to its anchor, when what it tells of is in the file.
  func appendAnchor(_ origin: AuditOrigin) throws {
    let ends = try translatingErrors(path) {
      try queue.read { db in (first: try AuditTrail.entry(db, 1), last: try AuditTrail.head(db)) }
    }
    guard let first = ends.first, let last = ends.last else { return }
    try append(AuditAnchor.line(first.hash, last.sequence, last.hash), origin, isKept: true)
  }

  /// Appends a line to the anchor; `isKept` says whether the warehouse is written already.
  private func append(_ line: String, _ origin: AuditOrigin, isKept: Bool) throws {
    let target = origin.anchor ?? Warehouse.anchor(of: path)
    do {
      try WarehouseFile.append(line, to: target)
    } catch {
      throw WarehouseError(
        .inputOutput, path: target,
        message: !isKept
          ? LocalizedText(
            zh: "审计链的锚点文件不能写入；台账库未改动", en: "cannot be appended to, and is the anchor of the audit chain; nothing was kept")
          : LocalizedText(zh: "审计链的锚点没有写成；台账库本身已写入", en: "could not be appended to; the warehouse itself is written"),
        hint: LocalizedText(
          zh: "请检查磁盘和权限；下一次写入会再次追加", en: "Check the disk and the permissions; the next run appends to it again"))
    }
  }
}
