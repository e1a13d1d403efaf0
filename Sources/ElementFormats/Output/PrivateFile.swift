import ElementCore
import Glibc

/// A file that only its owner can read, written whole or not at all: what cannot be written is known before the work.
package final class PrivateFile: Sendable {
  private let path: String
  private let temporary: String
  /// The temporary file, for a program that writes it instead.
  package let descriptor: CInt
  private let replaces: Bool

  /// Makes a temporary file beside the output; an existing output is refused unless `replaces`.
  ///
  /// - Throws: `OutputError` of kind `usage` where the output exists, `output` where it cannot be written.
  package init(_ path: String, replaces: Bool) throws(OutputError) {
    try PrivateFile.confirm(path, replaces)
    (self.path, self.replaces) = (path, replaces)
    temporary = PrivateFile.temporary(path)
    descriptor = unsafe open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw PrivateFile.failure(path) }
  }

  /// A name beside the output; of one that has no room for more behind it, the beginning.
  private static func temporary(_ path: String) -> String {
    let ending = ".\(getpid()).tmp"
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let name = path.dropFirst(folder.count)
    return name.utf8.count + ending.utf8.count <= 255 ? path + ending : folder + name.prefix(32) + ending
  }

  deinit {
    close(descriptor)
    // Gone already where it became the output.
    unsafe unlink(temporary)
  }

  /// Writes on.
  ///
  /// - Throws: `OutputError` of kind `output`.
  package func append(_ bytes: [UInt8]) throws(OutputError) {
    guard PrivateFile.writeAll(bytes, descriptor) else { throw PrivateFile.failure(path) }
  }

  /// How many bytes it has.
  package var size: Int {
    var info = stat()
    return unsafe fstat(descriptor, &info) == 0 ? Int(info.st_size) : 0
  }

  /// Puts the file in its place, safe on disk.
  ///
  /// - Throws: `OutputError` of kind `output`.
  package func finish() throws(OutputError) {
    guard fsync(descriptor) == 0 else { throw PrivateFile.failure(path) }
    // What came into being meanwhile is not replaced either.
    guard unsafe replaces ? rename(temporary, path) == 0 : link(temporary, path) == 0 else {
      throw errno == EEXIST ? PrivateFile.refusal(path) : PrivateFile.failure(path)
    }
    // Now: whoever notes that the output is there must not leave a second name of it behind.
    unsafe unlink(temporary)
    PrivateFile.syncFolder(of: path)
  }

  /// Makes the name of a file, or a folder, safe on disk; some file systems know no such order.
  package static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Writes a whole file.
  ///
  /// - Throws: `OutputError` of kind `usage` where the file exists, `output` where it cannot be written.
  package static func write(_ text: String, to path: String, replaces: Bool) throws(OutputError) {
    let file = try PrivateFile(path, replaces: replaces)
    try file.append(Array(text.utf8))
    try file.finish()
  }

  /// Refuses an output that exists, and one that is no file: a device or a pipe would be gone.
  package static func confirm(_ path: String, _ replaces: Bool) throws(OutputError) {
    var info = stat()
    guard unsafe lstat(path, &info) == 0 else { return }
    if !replaces { throw refusal(path) }
    guard [S_IFREG, S_IFLNK].contains(info.st_mode & S_IFMT) else {
      throw OutputError(
        .usage, path: path, message: LocalizedText(zh: "不是普通文件，不能覆盖", en: "is no regular file and is not replaced"),
        hint: LocalizedText(zh: "请换一个文件名，或用 - 输出到标准输出", en: "Choose another name, or - for standard output"))
    }
  }

  private static func refusal(_ path: String) -> OutputError {
    OutputError(
      .usage, path: path, message: LocalizedText(zh: "输出文件已存在", en: "the output exists"),
      hint: LocalizedText(zh: "请换一个文件名，或加 --force 覆盖", en: "Choose another name, or add --force to replace it"))
  }

  /// Writes all of some bytes to a descriptor; false where it takes no more.
  package static func writeAll(_ bytes: [UInt8], _ descriptor: CInt) -> Bool {
    var done = 0
    while done < bytes.count {
      // SAFETY: `done` stays below the count of the array, which is valid while the closure runs.
      let put = unsafe bytes.withUnsafeBytes { raw in
        unsafe Glibc.write(descriptor, raw.baseAddress.map { unsafe $0 + done }, raw.count - done)
      }
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { return false }
      done += put
    }
    return true
  }

  /// What the last call of the system said of a path.
  package static func failure(_ path: String) -> OutputError {
    let reason = unsafe String(cString: strerror(errno))
    return OutputError(
      .output, path: path, message: LocalizedText(zh: "无法写入（\(reason)）", en: "cannot be written (\(reason))"),
      hint: LocalizedText(zh: "请检查目录权限和磁盘空间", en: "Check the folder's permissions and the free space"))
  }
}
