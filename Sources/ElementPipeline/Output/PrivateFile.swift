import ElementCore
package import ElementFormats
import Glibc

/// Writes files that only their owner can read, whole or not at all.
package enum PrivateFile {
  /// Writes a file through a temporary one beside it; an existing file is refused unless `replaces`.
  ///
  /// - Throws: `InputError` of kind `usage` where the file exists, `output` where it cannot be written.
  package static func write(_ text: String, to path: String, replaces: Bool) throws(InputError) {
    if !replaces, exists(path) { throw refusal(path) }
    let temporary = path + ".\(getpid()).tmp"
    let descriptor = unsafe open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    let written = writeAll(Array(text.utf8), descriptor)
    let synced = fsync(descriptor) == 0
    close(descriptor)
    guard written, synced, unsafe rename(temporary, path) == 0 else {
      let error = failure(path)
      unsafe unlink(temporary)
      throw error
    }
  }

  /// Whether something stands at the path.
  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Why an existing file is not replaced.
  package static func refusal(_ path: String) -> InputError {
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
