import ElementCore

#if canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A regular file open for reading, or a stream spooled into one: every byte can be read again at its offset.
package final class InputFile: Sendable {
  /// The path as given; `-` for standard input.
  package let path: String
  private let givenSize: Int
  /// How far it is written; nil for a file that is whole.
  let growth: FileGrowth?
  private let descriptor: CInt
  /// What shows a change; nil for a file that nobody else can open.
  private let changeStamp: [Int]?
  /// How much of it is taken.
  package let limits: ReadingLimits

  /// Opens a file, or spools standard input (`-`) or, unless it `mustBeRegular`, a FIFO into an unlinked file that only we can
  /// read.
  ///
  /// - Throws: `InputError` of kind `unreadable` or `limit`.
  package init(path: String, limits: ReadingLimits = .standard, mustBeRegular: Bool = false) throws(InputError) {
    self.limits = limits
    let limit = limits[.fileBytes]
    self.path = path
    var opened: CInt = 0
    if path != "-" {
      // Opening does not wait for somebody to write into a pipe: reading does, as long as nobody asks to stop.
      opened = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard opened >= 0 else { throw InputFile.failure(path, "open", "打开") }
    }
    let info = try InputFile.status(opened, path)
    if info.st_mode & S_IFMT == S_IFDIR {
      close(opened)
      throw InputError(
        .unreadable, path: path, message: LocalizedText(zh: "是目录，不是文件", en: "is a directory, not a file"),
        hint: LocalizedText(zh: "请给出文件名", en: "Name a file"))
    }
    if path != "-", ![S_IFREG, mustBeRegular ? S_IFREG : S_IFIFO].contains(info.st_mode & S_IFMT) {
      close(opened)
      throw InputError(
        .unreadable, path: path, message: LocalizedText(zh: "是设备或管道，不是文件", en: "is a device or a pipe, not a file"),
        hint: LocalizedText(zh: "请给出文件名，或用 - 表示标准输入", en: "Name a file, or - for standard input"))
    }
    if info.st_mode & S_IFMT == S_IFREG, path != "-" {
      descriptor = opened
      givenSize = Int(info.st_size)
    } else {
      (descriptor, givenSize) = try InputFile.spool(opened, path, limit)
      if path != "-" { close(opened) }
    }
    growth = nil
    changeStamp = InputFile.stamp(try InputFile.status(descriptor, path))
    guard givenSize <= limit else { throw InputFile.tooLarge(path, limit) }
  }

  deinit {
    close(descriptor)
  }

  /// The number of bytes; of a file that is still written, when it is whole, or cannot become so.
  package var size: Int { (try? wholeSize) ?? 0 }

  /// The number of bytes, when all are written.
  ///
  /// - Throws: `InputError` where they could not be.
  package var wholeSize: Int {
    get throws(InputError) { try growth?.wait(for: .max) ?? givenSize }
  }

  /// The number of bytes; of a file that is still written, by a guess.
  package var expectedSize: Int { growth?.expectedNow ?? givenSize }

  /// Whether it has no byte at an offset (from 0) and behind.
  ///
  /// - Throws: `InputError` where so much could not be written.
  package func ends(at offset: Int) throws(InputError) -> Bool {
    try (growth?.wait(for: offset + 1) ?? givenSize) <= offset
  }

  /// The first bytes, `limit` at most.
  ///
  /// - Throws: `InputError` of kind `unreadable`.
  package func head(_ limit: Int) throws(InputError) -> [UInt8] { try window(keeping: [], count: limit, at: 0) }

  /// Fills `buffer` from `offset` (from 0) and returns the number of bytes read; fewer than asked only at the end.
  package func read(into buffer: inout [UInt8], from start: Int, count: Int, at offset: Int) throws(InputError) -> Int {
    try growth?.wait(for: offset + count)
    var done = 0
    while done < count {
      let got = unsafe buffer.withUnsafeMutableBytes { raw in
        // SAFETY: start + count lies within the buffer, as the callers size it.
        unsafe pread(descriptor, raw.baseAddress.map { unsafe $0 + start + done }, count - done, offset + done)
      }
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        throw InputFile.failure(path, "read", "读取")
      }
      done += got
    }
    return done
  }

  /// Bytes that were kept, then the next `count` of the file from `offset` (from 0) on, fewer only at its end; behind them an
  /// eighth of room.
  package func window(keeping kept: [UInt8], count: Int, at offset: Int) throws(InputError) -> [UInt8] {
    try growth?.wait(for: offset + count)
    let size = kept.count + count
    var failure: CInt = 0
    let window = unsafe [UInt8](unsafeUninitializedCapacity: size + size / 8) { buffer, initialized in
      // SAFETY: what was kept and what is read have room; what counts as initialized was written.
      initialized = unsafe buffer.initialize(fromContentsOf: kept)
      while initialized < size, failure == 0 {
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized..<size])
        let got = unsafe pread(descriptor, rest.baseAddress, rest.count, offset + initialized - kept.count)
        if got == 0 { return }
        if got > 0 { initialized += got } else if errno != EINTR { failure = errno }
      }
    }
    if failure != 0 {
      errno = failure
      throw InputFile.failure(path, "read", "读取")
    }
    return window
  }

  /// The bytes of a range of the file (offsets from 0).
  package func bytes(_ range: Range<Int>) throws(InputError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: range.count)
    let got = try read(into: &buffer, from: 0, count: range.count, at: range.lowerBound)
    buffer.removeLast(range.count - got)
    return buffer
  }

  /// Hands the whole file over in pieces, as long as more is wanted.
  ///
  /// - Throws: `InputError` of kind `unreadable`.
  func forEachPiece(while goesOn: () -> Bool = { true }, _ body: (ArraySlice<UInt8>) -> Void) throws(InputError) {
    var buffer = [UInt8](repeating: 0, count: 1 << 19)
    var offset = 0
    while goesOn() {
      let got = try read(into: &buffer, from: 0, count: buffer.count, at: offset)
      if got == 0 { return }
      body(buffer[0..<got])
      offset += got
    }
  }

  /// Refuses a file that changed while it was read.
  package func confirmUnchanged() throws(InputError) {
    guard let changeStamp, InputFile.stamp(try InputFile.status(descriptor, path)) != changeStamp else { return }
    throw InputError(
      .changed, path: path, message: LocalizedText(zh: "读取期间文件被改动", en: "changed while it was read"),
      hint: LocalizedText(zh: "请先关闭正在编辑它的程序，再重新运行", en: "Close the program that edits it and run again"))
  }

  private static func stamp(_ info: stat) -> [Int] {
    // Whoever sets the time of the last change back changes this one.
    let changed = [Int(info.st_ctim.tv_sec), Int(info.st_ctim.tv_nsec)]
    return [Int(info.st_size), Int(info.st_mtim.tv_sec), Int(info.st_mtim.tv_nsec), Int(info.st_ino)] + changed
  }

  private static func status(_ descriptor: CInt, _ path: String) throws(InputError) -> stat {
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0 else { throw failure(path, "stat", "查看") }
    return info
  }

  /// A file without a name that `produce` fills, piece by piece; `path` is what errors about it name.
  ///
  /// - Throws: what `produce` throws, or `InputError` of kind `unreadable` where there is no room.
  package init(
    spooling path: String, _ limits: ReadingLimits = .standard, _ produce: (_ write: Write) throws(InputError) -> Void
  ) throws(InputError) {
    (self.path, self.limits) = (path, limits)
    let limit = limits[.fileBytes]
    let target = try InputFile.unlinked()
    do {
      var total = 0
      try produce { (bytes, count) throws(InputError) in
        try InputFile.store(bytes, count, target)
        total += count
        guard total <= limit else { throw InputFile.tooLarge(path, limit) }
      }
      (descriptor, givenSize, growth, changeStamp) = (target, total, nil, nil)
    } catch {
      close(target)
      throw error
    }
  }

  /// A file without a name and without bytes; `growth` tells how far it is written.
  ///
  /// - Throws: `InputError` of kind `unreadable` where there is no room.
  init(growing path: String, _ limits: ReadingLimits, _ growth: FileGrowth) throws(InputError) {
    (self.path, self.limits, self.growth) = (path, limits, growth)
    (descriptor, givenSize, changeStamp) = (try InputFile.unlinked(), 0, nil)
  }

  /// Writes a piece behind those before it.
  ///
  /// - Throws: `InputError` of kind `unreadable` where there is no room, or `limit`.
  func append(_ piece: [UInt8]) throws(InputError) {
    guard let growth else { bug("a whole file does not grow") }
    let limit = limits[.fileBytes]
    guard growth.written + piece.count <= limit else { throw InputFile.tooLarge(path, limit) }
    try InputFile.store(piece, piece.count, descriptor)
  }

  /// Takes the first bytes of a buffer, so many as are said.
  package typealias Write = (_ bytes: [UInt8], _ count: Int) throws(InputError) -> Void

  /// A new file without a name that nobody else can open, in `TMPDIR` or `/tmp`.
  private static func unlinked() throws(InputError) -> CInt {
    let folder = spoolFolder
    // O_TMPFILE is a compound macro that Swift does not import.
    let target = unsafe open(folder, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600)
    guard target >= 0 else { throw failure(folder, "spool into", "暂存到") }
    return target
  }

  private static var spoolFolder: String {
    unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
  }

  private static func spool(_ source: CInt, _ path: String, _ limit: Int) throws(InputError) -> (CInt, Int) {
    let target = try unlinked()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var total = 0
    while true {
      guard InputWait.until(readable: source) else { throw stopped(path) }
      let got = unsafe buffer.withUnsafeMutableBytes { raw in unsafe Glibc.read(source, raw.baseAddress, raw.count) }
      if got == 0 { return (target, total) }
      if got < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        throw failure(path, "read", "读取")
      }
      total += got
      guard total <= limit else { throw tooLarge(path, limit) }
      try store(buffer, got, target)
    }
  }

  private static func store(_ buffer: [UInt8], _ count: Int, _ target: CInt) throws(InputError) {
    var done = 0
    while done < count {
      // SAFETY: `done` never exceeds `count`, which `read` filled.
      let put = unsafe buffer.withUnsafeBytes { raw in
        unsafe write(target, raw.baseAddress.map { unsafe $0 + done }, count - done)
      }
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw failure(spoolFolder, "spool into", "暂存到") }
      done += put
    }
  }

  private static func stopped(_ path: String) -> InputError {
    InputError(
      .stopped, path: path,
      message: LocalizedText(zh: "没有读完：程序被要求停止", en: "was not read to its end: the program was to stop"),
      hint: LocalizedText(zh: "请重新运行", en: "Run again"))
  }

  private static func tooLarge(_ path: String, _ limit: Int) -> InputError {
    ReadingLimits.refusal(
      .fileBytes, path, zh: "文件超过 \(limit) 字节的上限", en: "is larger than the limit of \(limit) bytes")
  }

  private static func failure(_ path: String, _ doing: String, _ zh: String) -> InputError {
    let reason = unsafe String(cString: strerror(errno))
    return InputError(
      .unreadable, path: path, message: LocalizedText(zh: "无法\(zh)文件（\(reason)）", en: "cannot \(doing) the file (\(reason))"),
      hint: LocalizedText(zh: "请检查路径和权限", en: "Check the path and the permissions"))
  }
}
