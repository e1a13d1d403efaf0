import Foundation

/// A copy of a warehouse and its journal in a folder that only we can enter; gone with its owner.
final class PrivateCopy: Sendable {
  /// The path of the copy.
  let path: String
  private let folder: URL

  /// Copies a warehouse and what an interrupted load left beside it.
  ///
  /// - Throws: `WarehouseError` where there is no room for it.
  init(of original: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "yaosu-\(UUID().uuidString)")
    path = folder.appending(path: "warehouse.db").path
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
      for ending in ["", "-journal"] { try FileManager.default.copyItem(atPath: original + ending, toPath: path + ending) }
    } catch {
      try? FileManager.default.removeItem(at: folder)
      throw WarehouseError(code: 10, path: original)
    }
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }
}
