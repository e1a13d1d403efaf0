import ElementCore
package import ElementFormats
import Foundation
import Glibc

/// A folder of many files that comes to be whole or not at all: it is filled under another name beside its place, and renamed.
package final class PrivateFolder: Sendable {
  /// Where it is to stand.
  package let path: String
  private let staging: String
  private let replaces: Bool

  /// Makes the folder beside its place; one that exists is refused unless `replaces`.
  ///
  /// - Throws: `OutputError` of kind `usage` where it exists, `output` where it cannot be made.
  package init(_ path: String, replaces: Bool) throws(OutputError) {
    (self.path, self.replaces) = (path, replaces)
    staging = path + ".\(getpid()).tmp"
    var info = stat()
    if unsafe lstat(path, &info) == 0, !replaces || info.st_mode & S_IFMT != S_IFDIR {
      throw OutputError(
        .usage, path: path, message: LocalizedText(zh: "已存在", en: "exists"),
        hint: LocalizedText(zh: "请换一个文件夹，或加 --force 覆盖", en: "Choose another folder, or add --force to replace it"))
    }
    do {
      try FileManager.default.createDirectory(
        atPath: staging, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw failure()
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: staging) }

  /// Writes on to a file at a path below the folder, which is made with its folder.
  ///
  /// - Throws: `OutputError` of kind `output`.
  package func write(_ bytes: [UInt8], to name: String) throws(OutputError) {
    let file = staging + "/" + name
    if name.contains("/"), let slash = file.lastIndex(of: "/"), unsafe mkdir(String(file[..<slash]), 0o700) != 0,
      errno != EEXIST
    {
      throw failure()
    }
    let descriptor = unsafe open(file, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    guard PrivateFile.writeAll(bytes, descriptor) else { throw failure() }
  }

  /// Puts the folder in its place, safe on disk.
  ///
  /// - Throws: `OutputError` of kind `output`.
  package func finish() throws(OutputError) {
    // One order for all files: one each would take longer than writing them.
    sync()
    let old = path + ".\(getpid()).old"
    let hadOld = unsafe replaces && rename(path, old) == 0
    guard unsafe rename(staging, path) == 0 else {
      let error = failure()
      if hadOld { _ = unsafe rename(old, path) }
      throw error
    }
    if hadOld { try? FileManager.default.removeItem(atPath: old) }
  }

  private func failure() -> OutputError { PrivateFile.failure(path) }
}
