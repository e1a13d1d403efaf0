import ElementCore
import Glibc

/// The right to write a warehouse: an advisory lock on `<warehouse>.lock` that the kernel releases with the process.
final class FileLock: Sendable {
  private let descriptor: CInt

  /// Takes the lock at once or fails as busy; the file names the holder.
  init(warehouse path: String) throws {
    let name = path + ".lock"
    descriptor = unsafe open(name, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw WarehouseError(code: 14, path: path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = FileLock.holder(descriptor)
      close(descriptor)
      throw WarehouseError.busy(path, holder: holder)
    }
    let text = Array(" (pid \(getpid()))".utf8)
    ftruncate(descriptor, 0)
    // SAFETY: the array is valid for its own count while `pwrite` runs.
    _ = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  deinit {
    close(descriptor)
  }

  private static func holder(_ descriptor: CInt) -> String {
    var buffer = [UInt8](repeating: 0, count: 64)
    // SAFETY: `pread` writes at most the count of the array.
    let got = unsafe buffer.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
    return String(escapingInvalid: buffer.span.extracting(0..<max(0, got)))
  }
}

/// The files of a warehouse on disk.
enum WarehouseFile {
  /// Creates an empty file that only we can read; false where one exists.
  static func create(_ path: String) throws -> Bool {
    let descriptor = unsafe open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if descriptor < 0, errno == EEXIST { return false }
    guard descriptor >= 0 else { throw WarehouseError(code: 14, path: path) }
    close(descriptor)
    return true
  }

  /// Whether a file exists at the path.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether the file at the path is a symbolic link.
  static func isLink(_ path: String) -> Bool {
    var info = stat()
    return unsafe lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK
  }

  /// Removes a warehouse that this run made and did not fill.
  static func remove(_ path: String) {
    for name in [path, path + "-journal", path + ".lock"] { unsafe unlink(name) }
  }

  /// Makes the folder's entry durable: SQLite ignores an error of its own directory sync.
  static func syncFolder(of path: String) throws {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/")
    let descriptor = unsafe open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw WarehouseError(code: 10, path: path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw WarehouseError(code: 10, path: path) }
  }
}
