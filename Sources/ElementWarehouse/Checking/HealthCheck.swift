package import ElementCore
import Foundation
import GRDB
import SQLitePages

/// What `doctor` says of one thing.
package struct HealthNote: Sendable {
  /// False where somebody has to do something before the next load.
  package let isWell: Bool
  /// What it is about, in one word.
  package let subject: String
  /// What was found, and what to do where it is not well.
  package let message: LocalizedText

  /// A note.
  package init(_ isWell: Bool, _ subject: String, _ message: LocalizedText) {
    self.isWell = isWell
    self.subject = subject
    self.message = message
  }
}

/// Looks at the surroundings of a warehouse without opening it for writing.
package enum HealthCheck {
  /// What there is to say of a warehouse: permissions, space, format, interrupted loads, who writes.
  package static func warehouse(_ path: String) -> [HealthNote] {
    guard WarehouseFile.exists(path) else {
      return [
        HealthNote(
          false, "warehouse",
          LocalizedText(
            zh: "台账库不存在：\(PrintableText.escape(path))；用 yaosu load 新建",
            en: "there is no warehouse at \(PrintableText.escape(path)); yaosu load makes one"))
      ]
    }
    return permissions(path) + [space(path), writer(path), journal(path)] + held(path) + content(path)
  }

  /// Files of held loads, which are nobody's who does not decide about them.
  private static func held(_ path: String) -> [HealthNote] {
    let (folders, bytes) = HeldFolder.held(beside: path)
    if folders.isEmpty { return [] }
    return [
      HealthNote(
        true, "held",
        LocalizedText(
          zh: "暂停入库的报送 \(folders.count) 次，文件共 \(bytes) 字节，\(HeldFolder.days) 天后删除；请用 yaosu load --resume 或 --discard 处理",
          en:
            "files of \(folders.count) held loads, \(bytes) bytes, are removed after \(HeldFolder.days) days; decide with yaosu load --resume or --discard"
        ))
    ]
  }

  /// Versions that a report of trouble should name.
  package static func versions(program: String) -> [HealthNote] {
    [
      HealthNote(true, "yaosu", LocalizedText(zh: "版本 \(program)", en: "version \(program)")),
      HealthNote(true, "sqlite", LocalizedText(zh: "版本 \(sqliteVersion)", en: "version \(sqliteVersion)")),
      HealthNote(true, "rows", rows),
    ]
  }

  /// Which way new rows go in: the outcome is the same, the time is not.
  private static var rows: LocalizedText {
    switch PageProof.obstacle {
    case nil: LocalizedText(zh: "新行按页写入（快）", en: "new rows go in as pages (fast)")
    case .switchedOff: LocalizedText(zh: "新行逐值写入：YAOSU_PAGES=off", en: "new rows go in value by value: YAOSU_PAGES=off")
    case .unreachable:
      LocalizedText(
        zh: "新行逐值写入（结果相同，较慢）：这个 SQLite 不支持 URI 文件名",
        en: "new rows go in value by value (the same, but slower): this SQLite takes no names of files as URIs")
    case .failed:
      LocalizedText(
        zh: "新行逐值写入（结果相同，较慢）：这个 SQLite 版本未通过自检，请把版本告诉维护者",
        en:
          "new rows go in value by value (the same, but slower): this SQLite failed the self-test; tell the maintainers its version"
      )
    }
  }

  private static var sqliteVersion: String {
    (try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }) ?? "?"
  }

  /// Files that others than their owner may read or write.
  private static func permissions(_ path: String) -> [HealthNote] {
    let files = [path, path + "-journal", path + ".lock"].filter(WarehouseFile.exists)
    let loose = files.compactMap { file -> HealthNote? in
      let mode = (try? FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int) ?? 0
      guard mode & 0o077 != 0 else { return nil }
      let shown = PrintableText.escape(file)
      return HealthNote(
        false, "permissions",
        LocalizedText(
          zh: "\(shown) 的权限是 \(String(mode, radix: 8))，别人可以访问；请运行 chmod 600 \(shown)",
          en: "\(shown) has mode \(String(mode, radix: 8)) and others can get at it; run chmod 600 \(shown)"))
    }
    return loose.isEmpty
      ? [HealthNote(true, "permissions", LocalizedText(zh: "只有所有者可以访问", en: "only the owner can get at it"))] : loose
  }

  /// A load needs room for the rows and for the journal.
  private static func space(_ path: String) -> HealthNote {
    let folder = WarehouseFile.folder(of: path)
    let free = (try? FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? Int) ?? 0
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    let (freeText, sizeText) = ("\(free / 1_000_000) MB", "\(size / 1_000_000) MB")
    return HealthNote(
      free >= 2 * size, "space",
      free >= 2 * size
        ? LocalizedText(zh: "剩余 \(freeText)，台账库 \(sizeText)", en: "\(freeText) free beside \(sizeText)")
        : LocalizedText(
          zh: "剩余 \(freeText)，不到台账库（\(sizeText)）的两倍，请先清理磁盘",
          en: "\(freeText) free, less than twice the warehouse (\(sizeText)); make room"))
  }

  private static func writer(_ path: String) -> HealthNote {
    do {
      _ = try FileLock(warehouse: path)
      return HealthNote(true, "writer", LocalizedText(zh: "没有程序正在写入", en: "nobody is writing"))
    } catch {
      let message = (error as? WarehouseError)?.message ?? LocalizedText(zh: "无法加锁", en: "cannot be locked")
      return HealthNote(false, "writer", message)
    }
  }

  private static func journal(_ path: String) -> HealthNote {
    WarehouseFile.exists(path + "-journal")
      ? HealthNote(
        false, "journal",
        LocalizedText(
          zh: "有一次入库被中断；下一次打开时会自动撤回，例如 yaosu verify",
          en: "a load was interrupted; the next command that opens the file rolls it back, such as yaosu verify"))
      : HealthNote(true, "journal", LocalizedText(zh: "没有中断的入库", en: "no load was interrupted"))
  }

  private static func content(_ path: String) -> [HealthNote] {
    do {
      let batches = try Warehouse(path: path, mode: .read, wait: 5).batches()
      let open = batches.filter { $0.state == "loading" }.map(\.id)
      return [
        HealthNote(
          open.isEmpty, "batches",
          open.isEmpty
            ? LocalizedText(
              zh: "\(batches.count) 批，格式 \(WarehouseFormat.shipped.version)",
              en: "\(batches.count) batches, format \(WarehouseFormat.shipped.version)")
            : LocalizedText(zh: "未完成的批次：\(open)，请运行 yaosu verify", en: "unfinished batches \(open); run yaosu verify"))
      ]
    } catch {
      if let trouble = error as? WarehouseError {
        return [
          HealthNote(
            false, "batches",
            LocalizedText(zh: "\(trouble.message.zh)；\(trouble.hint.zh)", en: "\(trouble.message.en); \(trouble.hint.en)"))
        ]
      }
      return [HealthNote(false, "batches", LocalizedText(zh: "无法读取", en: "cannot be read"))]
    }
  }
}
