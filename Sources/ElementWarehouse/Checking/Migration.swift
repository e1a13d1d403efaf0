import ElementCore
import GRDB

/// What bringing a warehouse up to date came to.
package struct MigrationReport: Sendable {
  /// The format before.
  package let from: Int
  /// The format now.
  package let to: Int
  /// Where the copy of before stands; nil where nothing was to be done.
  package let backup: String?
  /// The rows that were hashed again afterwards.
  package let rows: Int
  /// The digest of the warehouse, computed again.
  package let digest: String
}

extension Warehouse {
  /// Brings a warehouse of an older format up to date: copies it to `backup` (nil for a file beside it), checks the copy, changes the
  /// tables step by step, and checks what came of it.
  ///
  /// - Throws: `WarehouseError`; the file is of one format or the next then, never between.
  package static func migrate(
    _ path: String, backup: String? = nil, format: WarehouseFormat = .shipped
  ) throws -> MigrationReport {
    let warehouse = try Warehouse(path: path, mode: .migrate, format: format)
    let from = try translatingErrors(path) {
      try warehouse.queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    }
    var target: String?
    if from < format.version {
      let copy = backup ?? freeName("\(path).format-\(from)")
      guard !WarehouseFile.exists(copy) else {
        throw WarehouseError(
          .readOnly, path: copy,
          message: LocalizedText(zh: "已存在，不会覆盖", en: "exists and is not replaced"),
          hint: LocalizedText(zh: "请用 -o 另给一个备份文件名", en: "Give another name for the backup with -o"))
      }
      _ = try warehouse.backup(to: copy)
      target = copy
      try translatingErrors(path) { try format.migrate(warehouse.queue) }
    }
    let report = try warehouse.verify()
    guard report.differences.isEmpty else {
      throw WarehouseError(
        .damaged, path: path,
        message: LocalizedText(
          zh: "格式 \(format.version) 的内容与摘要不符（\(report.differences.count) 处）",
          en: "has \(report.differences.count) differences in format \(format.version)"),
        hint: target.map { copy in
          LocalizedText(
            zh: "请用备份 \(PrintableText.escape(copy)) 恢复，并报告这个问题",
            en: "Restore the backup \(PrintableText.escape(copy)) and report this")
        } ?? LocalizedText(zh: "请运行 yaosu verify 查明原因", en: "Run yaosu verify to see what is wrong"))
    }
    return MigrationReport(from: from, to: format.version, backup: target, rows: report.rows, digest: report.digest)
  }

  /// A name for a backup that no file has: an attempt before this one may have left its own.
  private static func freeName(_ start: String) -> String {
    var (name, number) = (start + ".bak", 1)
    while WarehouseFile.exists(name) {
      number += 1
      name = "\(start)-\(number).bak"
    }
    return name
  }
}
