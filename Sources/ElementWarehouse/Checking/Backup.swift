import ElementCore
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
  /// Copies the warehouse as it stands between two loads to another file, checks the copy as `verify` does, and puts it in place.
  ///
  /// - Throws: `WarehouseError` where the copy cannot be written or differs; nothing is left then.
  package func backup(to target: String) throws -> BackupReport {
    let temporary = "\(target).\(UInt32.random(in: .min ... .max)).tmp"
    guard try WarehouseFile.create(temporary) else { bug("a file of a random name exists") }
    do {
      try translatingErrors(target) {
        let copy = try DatabaseQueue(path: temporary, configuration: Warehouse.configuration(.write))
        try queue.backup(to: copy)
        try copy.close()
      }
      let report = try Warehouse(path: temporary, mode: .read, format: format, admitsOlder: true).verify()
      guard report.differences.isEmpty else {
        throw WarehouseError(
          .damaged, path: path,
          message: LocalizedText(
            zh: "备份与摘要不符（\(report.differences.count) 处），没有保留",
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
