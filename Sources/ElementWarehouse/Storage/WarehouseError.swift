package import ElementCore
import GRDB
import GRDBSQLite

/// Why a warehouse cannot be used: what was attempted, on what, why, and what to do.
package struct WarehouseError: Error, Sendable, CustomStringConvertible {
  /// What kind of trouble it is.
  package enum Kind: String, Sendable {
    /// Another program is writing.
    case busy
    /// The disk is full.
    case full
    /// The file is damaged, or no database.
    case damaged
    /// A newer program made it.
    case tooNew
    /// It has a format that was given up before the first release.
    case tooOld
    /// It is no warehouse, or holds what is not ours.
    case foreign
    /// It cannot be written.
    case readOnly
    /// Its tables cannot be made to hold what the schemas ask for.
    case shape
    /// There is none, or nothing in it.
    case missing
    /// The disk failed.
    case inputOutput
    /// The work was interrupted.
    case interrupted
  }

  /// By what programs tell errors apart: it decides the exit code.
  package let kind: Kind
  /// The warehouse's path as given.
  package let path: String
  /// What is wrong.
  package let message: LocalizedText
  /// What to do next.
  package let hint: LocalizedText

  /// An error about a warehouse.
  package init(_ kind: Kind, path: String, message: LocalizedText, hint: LocalizedText) {
    self.kind = kind
    self.path = path
    self.message = message
    self.hint = hint
  }

  /// Path and English message.
  package var description: String { "\(PrintableText.escape(path)): \(message.en). \(hint.en)" }

  /// The error of a result code of SQLite.
  init(code: Int32, path: String) {
    let primary = ResultCode(rawValue: code & 0xFF)
    switch primary {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      // A load holds a lock of its own before: this is another program, and it may be a mere reader.
      self.init(
        .busy, path: path,
        message: LocalizedText(
          zh: "台账库正被另一个程序占用：它在读取或写入，还没有结束", en: "is held by another program that reads or writes it and has not ended"),
        hint: LocalizedText(
          zh: "请关闭打开它的数据库工具或查询，再重新运行；台账库没有变化",
          en: "Close the database browser or query that has it open and run again; the warehouse is as before"))
    case .SQLITE_FULL:
      self.init(
        .full, path: path, message: LocalizedText(zh: "磁盘已满，本次入库已全部撤回", en: "the disk is full; the load was rolled back"),
        hint: LocalizedText(zh: "请清理磁盘后重新运行", en: "Free some space and run again"))
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self.init(
        .damaged, path: path, message: LocalizedText(zh: "不是台账库，或文件已损坏", en: "is no warehouse, or is damaged"),
        hint: LocalizedText(zh: "请从备份恢复，不要继续写入", en: "Restore it from a backup; do not write to it"))
    case .SQLITE_ERROR:
      self.init(
        .damaged, path: path,
        message: LocalizedText(zh: "表的结构与登记的不符，已全部撤回", en: "has other tables than it says; nothing was kept"),
        hint: LocalizedText(
          zh: "请运行 yaosu verify 查明原因，或从备份恢复", en: "Run yaosu verify to see what is wrong, or restore a backup"))
    case .SQLITE_CANTOPEN:
      self.init(
        .readOnly, path: path,
        message: LocalizedText(zh: "台账库打不开：不能读取或写入", en: "cannot be opened: it may not be read or written"),
        hint: LocalizedText(zh: "请检查文件和所在目录的权限", en: "Check the permissions of the file and its folder"))
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      self.init(
        .readOnly, path: path, message: LocalizedText(zh: "台账库不能写入", en: "cannot be written"),
        hint: LocalizedText(zh: "请检查文件和所在目录的权限", en: "Check the permissions of the file and its folder"))
    default:
      self.init(
        .inputOutput, path: path,
        message: LocalizedText(zh: "读写台账库出错（SQLite \(code)），已全部撤回", en: "failed with SQLite error \(code); nothing was kept"),
        hint: LocalizedText(zh: "请检查磁盘后重新运行", en: "Check the disk and run again"))
    }
  }

  /// The error of a warehouse that another program is writing.
  static func busy(_ path: String, holder: String) -> WarehouseError {
    WarehouseError(
      .busy, path: path,
      message: LocalizedText(
        zh: "台账库正在被另一个程序写入\(holder.isEmpty ? "" : "（\(holder)）")",
        en: "is being written by another program\(holder.isEmpty ? "" : " (\(holder))")"),
      hint: LocalizedText(zh: "请等待它结束后重新运行", en: "Wait for it to end and run again"))
  }
}

/// Runs work on a warehouse and turns errors of GRDB into our own.
func translatingErrors<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
  do {
    return try work()
  } catch let error as DatabaseError {
    throw WarehouseError(code: error.extendedResultCode.rawValue, path: path)
  } catch let error as SpillError {
    // What is sorted or kept beside the warehouse meets the same disk.
    throw WarehouseError(code: error.isFull ? SQLITE_FULL : SQLITE_IOERR, path: path)
  }
}
