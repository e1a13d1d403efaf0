import ElementCore
import Foundation

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
    let text = Array("pid \(getpid()), \(FileLock.user()), \(Date.now.ISO8601Format())".utf8)
    ftruncate(descriptor, 0)
    // SAFETY: the array is valid for its own count while `pwrite` runs.
    _ = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  deinit {
    close(descriptor)
  }

  /// Who runs this program: the name, or the number where it has none.
  private static func user() -> String {
    guard let entry = unsafe getpwuid(geteuid()), let name = unsafe entry.pointee.pw_name else { return String(geteuid()) }
    return unsafe String(cString: name)
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

  /// Appends a line to a file that only we can read, made where it is missing, and waits until it is on the disk; behind one that was torn it
  /// begins anew.
  static func append(_ text: String, to path: String) throws {
    let descriptor = unsafe open(path, O_CREAT | O_APPEND | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw WarehouseError(code: 14, path: path) }
    defer { close(descriptor) }
    if text.isEmpty { return }
    var last: UInt8 = 0x0A
    let end = lseek(descriptor, 0, SEEK_END)
    if end > 0 { unsafe pread(descriptor, &last, 1, end - 1) }
    let bytes = (last == 0x0A ? [] : [0x0A]) + Array(text.utf8)
    // SAFETY: the bytes stay where they are while the closure runs. A line is short: it is written whole or not at all.
    let written = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
    guard written == bytes.count, fsync(descriptor) == 0 else { throw WarehouseError(code: 10, path: path) }
  }

  /// Whether a file exists at the path.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether the path leads to a file, or to nothing yet.
  static func isRegular(_ path: String) -> Bool {
    var info = stat()
    return unsafe lstat(path, &info) != 0 || info.st_mode & S_IFMT == S_IFREG
  }

  /// Lets nobody but its owner read a file.
  static func keepPrivate(_ path: String) throws {
    if unsafe chmod(path, 0o600) != 0 { throw WarehouseError(code: 8, path: path) }
  }

  /// Whether the file and its folder can be written.
  static func isWritable(_ path: String) -> Bool {
    unsafe access(path, W_OK) == 0 && access(folder(of: path), W_OK) == 0
  }

  /// Makes a finished file durable, gives it its name, and returns its size in bytes.
  static func place(_ temporary: String, at target: String) throws -> Int {
    let descriptor = unsafe open(temporary, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw WarehouseError(code: 10, path: target) }
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    guard fsync(descriptor) == 0, unsafe rename(temporary, target) == 0 else { throw WarehouseError(code: 10, path: target) }
    unsafe unlink(temporary + ".lock")
    try syncFolder(of: target)
    return Int(size)
  }

  /// The size of a file in bytes.
  static func size(_ path: String) throws -> Int {
    var info = stat()
    guard unsafe lstat(path, &info) == 0 else { throw WarehouseError(code: 10, path: path) }
    return Int(info.st_size)
  }

  /// Gives a file the group and the permissions of another one.
  static func copyRights(from path: String, to other: String) throws {
    var info = stat()
    guard unsafe lstat(path, &info) == 0, unsafe chown(other, info.st_uid, info.st_gid) == 0,
      unsafe chmod(other, info.st_mode & 0o777) == 0
    else { throw WarehouseError(code: 8, path: path) }
  }

  /// Lets the members of a group read a file; `shown` is what it will be called.
  static func share(_ path: String, with group: String, shown: String) throws {
    guard let entry = unsafe getgrnam(group), unsafe chown(path, getuid(), entry.pointee.gr_gid) == 0,
      unsafe chmod(path, 0o640) == 0
    else {
      let name = PrintableText.escape(group)
      throw WarehouseError(
        .readOnly, path: shown,
        message: LocalizedText(zh: "不能交给用户组 \(name) 读取", en: "cannot be given to the group \(name)"),
        hint: LocalizedText(zh: "请检查用户组是否存在，以及本人是否在组内", en: "See whether there is such a group, and whether you are in it"))
    }
  }

  /// The folder of a file.
  static func folder(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/")
    return folder.isEmpty ? "/" : folder
  }

  /// Whether the file at the path holds nothing.
  static func isEmpty(_ path: String) -> Bool {
    var info = stat()
    return unsafe lstat(path, &info) == 0 && info.st_size == 0
  }

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
    let descriptor = unsafe open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw WarehouseError(code: 10, path: path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw WarehouseError(code: 10, path: path) }
  }
}
