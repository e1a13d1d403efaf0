import ElementCore
package import ElementFormats
import Glibc

/// A file that only its owner can read, written whole or not at all: what cannot be written is known before the work.
package final class PrivateFile: Sendable {
  private let path: String
  private let temporary: String
  private let descriptor: CInt

  /// Makes a temporary file beside the output; an existing output is refused unless `replaces`.
  ///
  /// - Throws: `InputError` of kind `usage` where the output exists, `output` where it cannot be written.
  package init(_ path: String, replaces: Bool) throws(InputError) {
    if !replaces, PrivateFile.exists(path) { throw PrivateFile.refusal(path) }
    self.path = path
    temporary = path + ".\(getpid()).tmp"
    descriptor = unsafe open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw PrivateFile.failure(path) }
  }

  deinit {
    close(descriptor)
    // Gone already where it became the output.
    unsafe unlink(temporary)
  }

  /// Writes on.
  ///
  /// - Throws: `InputError` of kind `output`.
  package func append(_ bytes: [UInt8]) throws(InputError) {
    guard PrivateFile.writeAll(bytes, descriptor) else { throw PrivateFile.failure(path) }
  }

  /// Puts the file in its place, safe on disk.
  ///
  /// - Throws: `InputError` of kind `output`.
  package func finish() throws(InputError) {
    guard fsync(descriptor) == 0, unsafe rename(temporary, path) == 0 else { throw PrivateFile.failure(path) }
  }

  /// Writes a whole file.
  ///
  /// - Throws: `InputError` of kind `usage` where the file exists, `output` where it cannot be written.
  package static func write(_ text: String, to path: String, replaces: Bool) throws(InputError) {
    let file = try PrivateFile(path, replaces: replaces)
    try file.append(Array(text.utf8))
    try file.finish()
  }

  private static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  private static func refusal(_ path: String) -> InputError {
    InputError(
      .usage, path: path, message: LocalizedText(zh: "输出文件已存在", en: "the output exists"),
      hint: LocalizedText(zh: "请换一个文件名，或加 --force 覆盖", en: "Choose another name, or add --force to replace it"))
  }

  private static func writeAll(_ bytes: [UInt8], _ descriptor: CInt) -> Bool {
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

  private static func failure(_ path: String) -> InputError {
    let reason = unsafe String(cString: strerror(errno))
    return InputError(
      .output, path: path, message: LocalizedText(zh: "无法写入（\(reason)）", en: "cannot be written (\(reason))"),
      hint: LocalizedText(zh: "请检查目录权限和磁盘空间", en: "Check the folder's permissions and the free space"))
  }
}
