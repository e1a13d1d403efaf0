import ElementCore
import Glibc

/// A file without a name beside the warehouse, that nobody else can open and that goes with its owner: what is sorted there needs
/// no memory.
///
/// Safe: the descriptor is this object's own from `init` to `deinit`.
@safe final class SpillFile {
  private let descriptor: CInt
  private let path: String
  /// The number of bytes written.
  private(set) var size = 0

  /// A new file in the folder of the warehouse at `path`, which errors name.
  ///
  /// - Throws: `WarehouseError` where there can be none.
  init(beside path: String) throws {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) + "/" } ?? "."
    // O_TMPFILE is a compound macro that Swift does not import.
    var opened = unsafe open(folder, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
    if opened < 0 { opened = SpillFile.openUnlinked(path) }
    guard opened >= 0 else { throw WarehouseError(code: SpillFile.code(errno), path: path) }
    descriptor = opened
    self.path = path
  }

  deinit {
    close(descriptor)
  }

  /// For file systems that know no files without a name: a name that is taken away at once.
  private static func openUnlinked(_ path: String) -> CInt {
    var template = Array((path + "-keys-XXXXXX").utf8CString)
    let opened = unsafe template.withUnsafeMutableBufferPointer { name in
      guard let name = name.baseAddress else { return CInt(-1) }
      // SAFETY: the name ends with a zero and is written to in place.
      let opened = unsafe mkstemp(name)
      if opened >= 0 { _ = unsafe unlink(name) }
      return opened
    }
    if opened >= 0 { _ = fcntl(opened, F_SETFD, FD_CLOEXEC) }
    return opened
  }

  /// The result code of SQLite that says the same as an error of the system.
  private static func code(_ error: CInt) -> Int32 { error == ENOSPC || error == EDQUOT || error == EFBIG ? 13 : 10 }

  /// Appends bytes.
  ///
  /// - Throws: `WarehouseError` where there is no room for them.
  func append(_ bytes: [UInt8]) throws(WarehouseError) {
    var done = 0
    while done < bytes.count {
      // SAFETY: `done` never exceeds the count of the bytes.
      let put = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done, off_t(size + done))
      }
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw WarehouseError(code: SpillFile.code(put == 0 ? ENOSPC : errno), path: path) }
      done += put
    }
    size += bytes.count
  }

  /// Fills `bytes` from `place` on with `count` bytes from `offset` (both from 0).
  ///
  /// - Throws: `WarehouseError` where they cannot be read.
  func read(into bytes: inout [UInt8], from place: Int, count: Int, at offset: Int) throws(WarehouseError) {
    var done = 0
    while done < count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[place + done..<place + count])
        // SAFETY: the slice was checked against the bytes.
        return unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw WarehouseError(code: 10, path: path) }
      done += got
    }
  }
}
