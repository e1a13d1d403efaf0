import ElementCore
package import ElementFormats
import Foundation
import Glibc

/// A folder of many files that comes to be whole or not at all: it is filled under another name beside its place, and renamed.
package final class PrivateFolder: Sendable {
  /// Where it is to stand.
  package let path: String
  private let staging: String

  /// The file by which a folder is known as one that was written like this: no other is ever replaced.
  private static let mark = ".yaosu"

  /// Makes the folder beside its place. One that exists is replaced only where `replaces`, and where it was written like this or is empty; the mark
  /// of that is left out where not `isMarked`.
  ///
  /// - Throws: `OutputError` of kind `usage` where it exists and is not to be replaced, `output` where it cannot be made.
  package init(_ path: String, replaces: Bool, isMarked: Bool = true) throws(OutputError) {
    self.path = path
    staging = path + ".\(getpid()).tmp"
    try PrivateFolder.confirm(path, replaces)
    do {
      try FileManager.default.createDirectory(
        atPath: staging, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw failure()
    }
    if isMarked { try write([], to: PrivateFolder.mark) }
  }

  /// Refuses a place that is taken.
  private static func confirm(_ path: String, _ replaces: Bool) throws(OutputError) {
    var info = stat()
    guard unsafe lstat(path, &info) == 0 else { return }
    guard info.st_mode & S_IFMT == S_IFDIR else {
      throw OutputError(
        .usage, path: path, message: LocalizedText(zh: "已存在，但不是文件夹", en: "exists and is no folder"),
        hint: LocalizedText(zh: "请换一个文件夹", en: "Choose another folder"))
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    if names.isEmpty { return }
    guard names.contains(mark) else {
      throw OutputError(
        .usage, path: path, message: LocalizedText(zh: "已有别的文件，不能覆盖", en: "holds other files and is not replaced"),
        hint: LocalizedText(
          zh: "请换一个文件夹：只覆盖本程序写的文件夹", en: "Choose another folder: only those that this program wrote are replaced"))
    }
    if replaces { return }
    throw OutputError(
      .usage, path: path, message: LocalizedText(zh: "已存在", en: "exists"),
      hint: LocalizedText(zh: "请换一个文件夹，或加 --force 覆盖", en: "Choose another folder, or add --force to replace it"))
  }

  deinit { try? FileManager.default.removeItem(atPath: staging) }

  /// A code as a name below the folder: whatever is no letter and no digit of ASCII could lead elsewhere.
  package static func name(_ code: String) -> String {
    String(code.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }

  /// Writes on to a file at a path below the folder, which is made with its folder.
  ///
  /// - Throws: `OutputError` of kind `output`.
  package func write(_ bytes: [UInt8], to name: String) throws(OutputError) {
    if name.split(separator: "/", omittingEmptySubsequences: false).contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) {
      bug("a file of a folder stands elsewhere")
    }
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
    let hadOld = unsafe rename(path, old) == 0
    guard unsafe rename(staging, path) == 0 else {
      let error = failure()
      if hadOld { _ = unsafe rename(old, path) }
      throw error
    }
    PrivateFile.syncFolder(of: path)
    if hadOld { try? FileManager.default.removeItem(atPath: old) }
  }

  private func failure() -> OutputError { PrivateFile.failure(path) }
}
