import CSQLite
import ElementCore
import ElementSchema
import Foundation
import GRDB

/// A warehouse: one SQLite file that holds checked records, where they came from and what waits for correction.
package final class Warehouse: Sendable {
  /// How a warehouse is opened.
  package enum Mode: Sendable {
    /// For a load: made where it does not exist, one writer at a time.
    case write
    /// For looking.
    case read
    /// For bringing a file of an older format up to date.
    case migrate
  }

  /// The path as given.
  package let path: String
  /// Whether this run made the file.
  package let isNew: Bool
  /// The connection.
  let queue: DatabaseQueue
  /// The format that the file is read and written in.
  let format: WarehouseFormat
  private let lock: FileLock?
  private let copy: PrivateCopy?

  /// `YAOS`, the application identifier in the file's header.
  static let applicationID: Int32 = 0x5941_4F53

  /// Opens a warehouse.
  ///
  /// - Throws: `WarehouseError` where it is busy, damaged, newer than this program, no warehouse, or cannot be written.
  ///
  /// A reader waits up to `wait` seconds for a writer. Where an interrupted load must be rolled back and the folder cannot be
  /// written, it reads a private copy (`isCopy`).
  package convenience init(path: String, mode: Mode, wait: Int = 60, format: WarehouseFormat = .shipped) throws {
    try self.init(path: path, mode: mode, wait: wait, format: format, admitsOlder: mode == .migrate)
  }

  /// The same; `admitsOlder` lets a file of an older format be read.
  init(path: String, mode: Mode, wait: Int = 60, format: WarehouseFormat, admitsOlder: Bool) throws {
    (self.path, self.format) = (path, format)
    guard !WarehouseFile.isLink(path) else {
      throw WarehouseError(
        .foreign, path: path, message: LocalizedText(zh: "是符号链接", en: "is a symbolic link"),
        hint: LocalizedText(zh: "请给出台账库文件本身", en: "Name the file itself"))
    }
    guard WarehouseFile.isRegular(path) else {
      throw WarehouseError(
        .foreign, path: path,
        message: LocalizedText(zh: "是文件夹或设备，不是台账库文件", en: "is a folder or a device, not the file of a warehouse"),
        hint: LocalizedText(zh: "请检查 --warehouse", en: "Check --warehouse"))
    }
    if mode != .write, !WarehouseFile.exists(path) {
      throw WarehouseError(
        .missing, path: path, message: LocalizedText(zh: "台账库不存在", en: "does not exist"),
        hint: LocalizedText(zh: "请检查 --warehouse；用 yaosu load 新建", en: "Check --warehouse; yaosu load makes one"))
    }
    lock = mode == .read ? nil : try FileLock(warehouse: path)
    copy = mode == .read ? try Warehouse.recover(path, wait: wait) : nil
    let opened = copy?.path ?? path
    isNew = mode == .write ? try Warehouse.begin(path) : false
    let made = isNew
    do {
      queue = try translatingErrors(path) {
        try DatabaseQueue(path: opened, configuration: Warehouse.configuration(mode, wait: wait))
      }
      try translatingErrors(path) { try Warehouse.admit(queue, path, mode, format, admitsOlder: admitsOlder, isNew: made) }
    } catch {
      if made { WarehouseFile.remove(path) }
      throw error
    }
  }

  /// Files beside which what is too much for memory may stand, best first: a warehouse that is only read may lie where nothing can be
  /// written, and `TMPDIR` may name no folder. No file is ever called as those behind the first; nil for no warehouse.
  package static func spillPlaces(_ path: String?) -> [String] {
    [path].compactMap { $0 } + [NSTemporaryDirectory() + "/yaosu", "/tmp/yaosu"]
  }

  /// Whether a private copy is read, because what an interrupted load left could not be rolled back in place.
  package var isCopy: Bool { copy != nil }

  /// Rolls back what an interrupted load left in the journal: a reader may not. While another program writes there is
  /// nothing to roll back; where the folder cannot be written, a copy is rolled back.
  private static func recover(_ path: String, wait: Int) throws -> PrivateCopy? {
    guard WarehouseFile.exists(path + "-journal") else { return nil }
    if WarehouseFile.isWritable(path) {
      guard let lock = try? FileLock(warehouse: path) else { return nil }
      withExtendedLifetime(lock) { rollBack(path) }
      return nil
    }
    let copy = try PrivateCopy(of: path)
    rollBack(copy.path)
    return copy
  }

  /// Makes the file where there is none; true where it is new, or was left empty by a load that was interrupted at once.
  private static func begin(_ path: String) throws -> Bool {
    if try WarehouseFile.create(path) { return true }
    if WarehouseFile.exists(path + "-journal") { rollBack(path) }
    guard WarehouseFile.isEmpty(path) else { return false }
    // Whoever made it let others read it, who must not read what comes now.
    try WarehouseFile.keepPrivate(path)
    return true
  }

  /// Opens for writing and reads a word: SQLite rolls a hot journal back then.
  private static func rollBack(_ path: String) {
    _ = try? DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
  }

  /// Removes the file if this run made it: a load that kept nothing leaves nothing.
  package func discardIfNew() {
    if isNew { WarehouseFile.remove(path) }
  }

  /// How a connection is set up.
  static func configuration(_ mode: Mode, wait: Int = 60) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = mode == .read
    configuration.busyMode = .timeout(mode == .read ? Double(wait) : 5)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      if let connection = unsafe db.sqliteConnection {
        // SAFETY: GRDB hands out its open connection for the length of this closure.
        unsafe yaosu_sqlite3_defensive(connection)
        unsafe yaosu_sqlite3_untrusted(connection)
      }
      db.add(function: Seal.function)
      try db.execute(sql: "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA temp_store = FILE")
      if mode != .read {
        // Of a new file: fewer, larger writes, and fewer pages to go over for index and digest.
        try db.execute(sql: "PRAGMA page_size = 16384")
        // Beside the thread that reads the table, one that sorts: the key index takes two thirds of the time.
        try db.execute(
          sql: "PRAGMA synchronous = EXTRA; PRAGMA secure_delete = ON; PRAGMA cache_spill = ON; PRAGMA threads = 2")
      }
    }
    return configuration
  }
}
