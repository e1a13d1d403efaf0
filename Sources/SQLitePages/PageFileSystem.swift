import CSQLite
import ElementCore
import Glibc
import Synchronization

/// A file system of SQLite that holds only the pages of our databases: they are read from memory and nothing is ever written.
///
/// Safe: a file keeps its pages alive from `xOpen` to `xClose`, and pages check what is read of them.
@safe enum PageFileSystem {
  /// The name by which a URI asks for it.
  static let name = "yaosu_pages"

  /// Whether a file can be named by a URI, which names its file system too: else the URI would be taken for a file's name.
  static var isReachable: Bool { unsafe sqlite3_compileoption_used("USE_URI") != 0 }

  /// The pages that wait to be opened, by the names of their files: references of `Unmanaged`, as numbers.
  private static let waiting = Mutex<[String: UInt]>([:])
  private static let next = Atomic<Int>(0)

  /// Gives pages a file name under which `attach` finds them, runs it, and takes the name back.
  static func offering<Result>(_ pages: PageSource, _ attach: (_ file: String) throws -> Result) rethrows -> Result? {
    guard isRegistered else { return nil }
    let file = "pages-\(next.add(1, ordering: .relaxed).newValue)"
    let address = unsafe UInt(bitPattern: Unmanaged.passUnretained(pages).toOpaque())
    waiting.withLock { $0[file] = address }
    defer { waiting.withLock { $0[file] = nil } }
    return try withExtendedLifetime(pages) { try attach(file) }
  }

  /// Registered once, beside the file systems that there are; false where SQLite would not take it.
  private static let isRegistered: Bool = {
    guard let usual = unsafe sqlite3_vfs_find(nil) else { return false }
    let made = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    // What has nothing to do with files stays as it is: random numbers, time, sleep.
    var system = unsafe usual.pointee
    unsafe system.iVersion = 1
    unsafe system.szOsFile = Int32(MemoryLayout<PageFile>.size)
    unsafe system.pNext = nil
    unsafe system.pAppData = nil
    // SQLite keeps the addresses: neither is ever freed.
    unsafe system.zName = UnsafePointer(strdup(name))
    unsafe system.xOpen = { _, name, file, flags, granted in unsafe open(name, file, flags, granted) }
    unsafe system.xDelete = { _, _, _ in SQLITE_OK }
    unsafe system.xAccess = { _, _, _, exists in
      unsafe exists?.pointee = 0
      return SQLITE_OK
    }
    unsafe system.xFullPathname = { _, name, size, out in
      guard let name = unsafe name, let out = unsafe out, unsafe strlen(name) < Int(size) else { return SQLITE_CANTOPEN }
      // SAFETY: the length was compared with the room.
      unsafe strcpy(out, name)
      return SQLITE_OK
    }
    unsafe made.initialize(to: system)
    return unsafe sqlite3_vfs_register(made, 0) == SQLITE_OK
  }()

  private static func open(
    _ name: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
    _ granted: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    guard let file = unsafe file else { return SQLITE_CANTOPEN }
    // Without methods SQLite closes nothing.
    unsafe file.pointee.pMethods = nil
    guard let name = unsafe name, flags & SQLITE_OPEN_MAIN_DB != 0,
      let pages = waiting.withLock({ unsafe $0[String(cString: name)] }),
      let address = unsafe UnsafeRawPointer(bitPattern: pages)
    else { return SQLITE_CANTOPEN }
    // SAFETY: `offering` holds the pages while their name is there; the file holds them from here on.
    let held = unsafe Unmanaged<PageSource>.fromOpaque(address).retain()
    // SAFETY: SQLite made room for `szOsFile` bytes.
    unsafe UnsafeMutableRawPointer(file).initializeMemory(
      as: PageFile.self, to: PageFile(base: sqlite3_file(pMethods: methods), pages: held))
    unsafe granted?.pointee = flags
    return SQLITE_OK
  }

  /// A file as SQLite sees it: its own part first.
  @unsafe private struct PageFile {
    var base: sqlite3_file
    let pages: Unmanaged<PageSource>
  }

  private static func pages(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Unmanaged<PageSource> {
    guard let file = unsafe file else { bug("SQLite has no file") }
    // SAFETY: SQLite hands back the file that `open` made.
    return unsafe UnsafeMutableRawPointer(file).assumingMemoryBound(to: PageFile.self).pointee.pages
  }

  /// The methods of a file; SQLite keeps their address.
  nonisolated(unsafe) private static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
    let made = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    var methods = sqlite3_io_methods()
    methods.iVersion = 1
    unsafe methods.xClose = { file in
      unsafe pages(file).release()
      return SQLITE_OK
    }
    unsafe methods.xRead = { file, target, count, offset in
      let room = unsafe UnsafeMutableRawBufferPointer(start: target, count: Int(count))
      return unsafe pages(file).takeUnretainedValue().read(room, at: Int(offset)) ? SQLITE_OK : SQLITE_IOERR
    }
    unsafe methods.xWrite = { _, _, _, _ in SQLITE_READONLY }
    unsafe methods.xTruncate = { _, _ in SQLITE_READONLY }
    unsafe methods.xSync = { _, _ in SQLITE_OK }
    unsafe methods.xFileSize = { _, size in
      unsafe size?.pointee = Int64(PageFormat.pageCount) * Int64(PageFormat.pageSize)
      return SQLITE_OK
    }
    unsafe methods.xLock = { _, _ in SQLITE_OK }
    unsafe methods.xUnlock = { _, _ in SQLITE_OK }
    unsafe methods.xCheckReservedLock = { _, isReserved in
      unsafe isReserved?.pointee = 0
      return SQLITE_OK
    }
    unsafe methods.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
    unsafe methods.xSectorSize = { _ in 4_096 }
    unsafe methods.xDeviceCharacteristics = { _ in 0 }
    unsafe made.initialize(to: methods)
    return unsafe made
  }()
}
