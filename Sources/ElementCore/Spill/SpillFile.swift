import Glibc

/// A file without a name, that nobody else can open and that goes with its owner: what stands there needs no memory.
///
/// Safe: the descriptor is this object's own from `init` to `deinit`. Safe to send: only one owner writes, and others read what was
/// written before they got it, by its place.
@safe package final class SpillFile: @unchecked Sendable {
  private let descriptor: CInt
  /// The number of bytes written.
  package private(set) var size = 0

  /// A new file in the folder of the file at `path`, whether that is there or not.
  package init(beside path: String) throws(SpillError) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) + "/" } ?? "."
    // O_TMPFILE is a compound macro that Swift does not import.
    var opened = unsafe open(folder, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
    if opened < 0 { opened = SpillFile.openUnlinked(path) }
    guard opened >= 0 else { throw SpillFile.error(errno) }
    descriptor = opened
  }

  /// A new file beside the first of some files whose folder takes one.
  package static func beside(firstOf paths: [String]) throws(SpillError) -> SpillFile {
    for path in paths.dropLast() {
      if let file = try? SpillFile(beside: path) { return file }
    }
    return try SpillFile(beside: paths.last ?? ".")
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

  private static func error(_ number: CInt) -> SpillError {
    SpillError(number, isFull: [ENOSPC, EDQUOT, EFBIG].contains(number))
  }

  /// Writes bytes behind those that stand there.
  package func append(_ bytes: [UInt8]) throws(SpillError) {
    var done = 0
    while done < bytes.count {
      // SAFETY: `done` never exceeds the count of the bytes.
      let put = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done, off_t(size + done))
      }
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw SpillFile.error(put == 0 ? ENOSPC : errno) }
      done += put
    }
    size += bytes.count
  }

  /// Fills `bytes` from `place` on with `count` bytes from `offset` (both from 0).
  package func read(into bytes: inout [UInt8], from place: Int, count: Int, at offset: Int) throws(SpillError) {
    var done = 0
    while done < count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[place + done..<place + count])
        // SAFETY: the slice was checked against the bytes.
        return unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw SpillFile.error(got == 0 ? EIO : errno) }
      done += got
    }
  }
}
