import ElementCore
import ElementFormats
import GRDB

/// What a backup came to.
package struct BackupReport: Sendable {
  /// The digest of the warehouse, computed again in the copy.
  package let digest: String
  /// The rows that were hashed again.
  package let rows: Int
  /// Its size in bytes.
  package let bytes: Int
}

extension Warehouse {
  /// Copies the warehouse as it stands between two loads to another file, checks the copy as `verify` does, and puts it in place; with a
  /// `group`, its members may read the copy (0640), else its owner alone.
  ///
  /// - Throws: `OutputError` where the copy would take the place of the warehouse or of what stands beside it, `WarehouseError` where it cannot be
  ///   written or differs, or there is no such group; nothing is left then.
  package func backup(to target: String, group: String? = nil) throws -> BackupReport {
    if ([path] + Warehouse.companions(of: path)).map(FileIdentity.init).contains(FileIdentity(target)) {
      throw OutputError(
        .usage, path: target,
        message: LocalizedText(zh: "是台账库本身，或它的锚点、锁、日志文件", en: "is the warehouse itself, or its anchor, lock or journal"),
        hint: LocalizedText(zh: "请换一个文件名", en: "Choose another name"))
    }
    return try placeCopy(at: target) { temporary in
      let copy = try DatabaseQueue(path: temporary, configuration: Warehouse.configuration(.write))
      try queue.backup(to: copy)
      try copy.close()
      if let group { try WarehouseFile.share(temporary, with: group, shown: target) }
    }
  }

  /// The files that belong to a warehouse at a path and stand beside it: anchor, lock and journal.
  package static func companions(of path: String) -> [String] { [anchor(of: path), path + ".lock", path + "-journal"] }

  /// Makes a copy beside a target, checks it as `verify` does, and puts it in place; `make` fills the file of a name.
  func placeCopy(at target: String, _ make: (String) throws -> Void) throws -> BackupReport {
    let temporary = "\(target).\(UInt32.random(in: .min ... .max)).tmp"
    guard try WarehouseFile.create(temporary) else { bug("a file of a random name exists") }
    do {
      try translatingErrors(target) { try make(temporary) }
      let report = try Warehouse(path: temporary, mode: .read, format: format, admitsOlder: true).verify()
      guard report.differences.isEmpty else {
        throw WarehouseError(
          .damaged, path: path,
          message: LocalizedText(
            zh: "副本与摘要不符（\(report.differences.count) 处），没有保留",
            en: "its copy has \(report.differences.count) differences and was not kept"),
          hint: LocalizedText(zh: "请先运行 yaosu verify 查明原因", en: "Run yaosu verify to see what is wrong"))
      }
      let bytes = try WarehouseFile.place(temporary, at: target)
      return BackupReport(digest: report.digest, rows: report.rows, bytes: bytes)
    } catch {
      WarehouseFile.remove(temporary)
      throw error
    }
  }
}
