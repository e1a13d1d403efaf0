import ElementCore
import GRDB

extension Warehouse {
  /// Checks whose file it is and in which format; makes the tables of a new one.
  static func admit(
    _ queue: DatabaseQueue, _ path: String, _ mode: Mode, _ format: WarehouseFormat, admitsOlder: Bool, isNew: Bool
  ) throws {
    var version = 0
    if !isNew {
      version = try queue.read { try confirmedVersion($0, path) }
      if (2...format.version).contains(version) { try queue.read { try WarehouseObjects.refuseVisitors($0, path) } }
      if try !admitsOlder && queue.read({ try isUnfinished($0, version, format) }) { version = 0 }
      try confirm(version, path, format, admitsOlder: admitsOlder)
      guard version > 0 || mode == .write else {
        throw WarehouseError(
          .missing, path: path,
          message: LocalizedText(zh: "台账库还是空的（第一次入库没有完成）", en: "holds nothing yet: its first load did not end"),
          hint: LocalizedText(zh: "请重新运行 yaosu load", en: "Run yaosu load again"))
      }
    }
    guard mode == .write else { return }
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = DELETE")
      if isNew { try db.execute(sql: "PRAGMA application_id = \(applicationID)") }
    }
    if version == 0 { try format.migrate(queue) }
  }

  /// Whether a file was left between two steps by a first load that was interrupted: it is of an older format, and no batch ever ended.
  private static func isUnfinished(_ db: Database, _ version: Int, _ format: WarehouseFormat) throws -> Bool {
    guard version > 1, version < format.version else { return false }
    return try !(Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM batch)") ?? false)
  }

  /// The format that a file of ours says it has; 0 where a load made nothing in it yet.
  private static func confirmedVersion(_ db: Database, _ path: String) throws -> Int {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
      throw WarehouseError(
        .foreign, path: path, message: LocalizedText(zh: "不是 yaosu 台账库", en: "is not a yaosu warehouse"),
        hint: LocalizedText(zh: "请检查 --warehouse 的路径", en: "Check the path given with --warehouse"))
    }
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    // Where nothing was made yet, only the table of the steps may stand; what holds more has a format.
    let others = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> 'grdb_migrations'")
    guard version > 0 || version == 0 && others == 0 else {
      throw WarehouseError(
        .damaged, path: path,
        message: LocalizedText(zh: "的格式号 \(version) 与内容不符，被改动过", en: "says format \(version), which its tables contradict"),
        hint: LocalizedText(zh: "请从备份恢复，不要继续写入", en: "Restore it from a backup; do not write to it"))
    }
    return version
  }

  /// Refuses a format that this program does not read.
  private static func confirm(
    _ version: Int, _ path: String, _ format: WarehouseFormat, admitsOlder: Bool
  ) throws(WarehouseError) {
    guard version <= format.version else {
      throw WarehouseError(
        .tooNew, path: path,
        message: LocalizedText(zh: "由更新版本的 yaosu 建立（格式 \(version)）", en: "was made by a newer yaosu (format \(version))"),
        hint: LocalizedText(zh: "请升级 yaosu", en: "Upgrade yaosu"))
    }
    guard version != 1 else {
      throw WarehouseError(
        .tooOld, path: path,
        message: LocalizedText(
          zh: "是正式发布之前的格式 1，已不再使用", en: "has format 1, which was given up before the first release"),
        hint: LocalizedText(
          zh: "请用 yaosu load 把原来的文件导入新的台账库", en: "Load the original files into a new warehouse with yaosu load"))
    }
    guard version == 0 || version == format.version || admitsOlder else {
      let shown = PrintableText.escape(path)
      throw WarehouseError(
        .tooOld, path: path,
        message: LocalizedText(
          zh: "是格式 \(version)，本程序使用格式 \(format.version)",
          en: "has format \(version), and this program writes format \(format.version)"),
        hint: LocalizedText(
          zh: "请运行 yaosu migrate \(shown)：先备份并核对，再升级", en: "Run yaosu migrate \(shown): it keeps a verified backup first"))
    }
  }
}
