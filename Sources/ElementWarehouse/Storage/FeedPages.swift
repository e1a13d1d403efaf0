import ElementCore
import Glibc

/// A database in memory of one table whose leaf pages are written by us, in SQLite's file format (its document "Database File
/// Format", sections 1 and 2): a page with the schema, the table's root, roots of indexes, then leaves.
///
/// The leaves of every batch have numbers of their own, and rows have theirs: a page that SQLite kept from an earlier batch
/// would bring rows that are there already, which it refuses.
///
/// Safe: the memory is this object's own from `init` to `deinit`, and every access is checked against its size.
@safe final class FeedPages {
  private static let pageSize = PageFormat.pageSize
  /// The number of pages that the database claims to have: as many as SQLite allows, for those that are still to come.
  static let pageCount = 0x3FFF_FFFF
  /// The page of the table's root.
  static let tableRoot = 2
  /// The page of an index without rows.
  static let indexRoot = 3
  /// The page of the root of the key index, which is as empty before there are `keys`.
  static let keyRoot = 4

  private static let rootLimit = 4_096
  private let fixed: UnsafeMutableRawPointer
  private var leaves: UnsafeMutableRawPointer
  private var capacity = 4
  /// The page that holds the byte by which SQLite locks files (section 1.3), and is never used.
  private static let lockPage = 0x4000_0000 / pageSize + 1
  /// The number of the first leaf of this batch: all stand behind the page that is never used.
  private var firstLeaf = FeedPages.lockPage + 1
  /// The last row of each leaf of this batch that is full, and of the one that is being filled.
  private var lastRows: [Int64] = []
  private var lastRow: Int64 = 0
  private var cells: PageCells
  /// Entries of the key index that go in with the rows of this batch.
  var keys: KeyTree?

  /// A row of the schema.
  typealias SchemaEntry = (type: String, name: String, table: String, root: Int, sql: String)

  /// A database whose schema has these rows.
  init(schema: [SchemaEntry]) {
    unsafe fixed = .allocate(byteCount: 3 * Self.pageSize, alignment: 16)
    unsafe fixed.initializeMemory(as: UInt8.self, repeating: 0, count: 3 * Self.pageSize)
    unsafe leaves = .allocate(byteCount: capacity * Self.pageSize, alignment: 16)
    unsafe cells = PageCells(leaves, .tableLeaf)
    writeHeader()
    writeSchema(schema)
    unsafe PageCells(fixed + 2 * Self.pageSize, .keyLeaf).close()
  }

  deinit {
    unsafe fixed.deallocate()
    unsafe leaves.deallocate()
  }

  // MARK: The fixed pages

  private func writeHeader() {
    let magic = Array("SQLite format 3\0".utf8)
    for (place, byte) in magic.enumerated() { unsafe fixed.storeBytes(of: byte, toByteOffset: place, as: UInt8.self) }
    // Page size 65536 is written as 1; read and write version of a rollback journal; payload fractions that are always so.
    for (place, byte) in [0, 1, 1, 1, 0, 64, 32, 32].enumerated() {
      unsafe fixed.storeBytes(of: UInt8(byte), toByteOffset: 16 + place, as: UInt8.self)
    }
    // Change counter, size in pages, schema cookie, schema format, UTF-8, the counter again, a version of SQLite.
    let words: [(Int, UInt32)] = [
      (24, 1), (28, UInt32(FeedPages.pageCount)), (40, 1), (44, 4), (56, 1), (92, 1), (96, 3_040_000),
    ]
    for (place, word) in words { unsafe fixed.storeBytes(of: word.bigEndian, toByteOffset: place, as: UInt32.self) }
  }

  private func writeSchema(_ schema: [SchemaEntry]) {
    var record = RecordBuilder(columns: 5)
    var cells = unsafe PageCells(fixed, .tableLeaf, start: 100)
    for (place, entry) in schema.enumerated() {
      record.begin()
      for text in [entry.type, entry.name, entry.table] { record.add(text: text) }
      record.add(Int64(entry.root))
      record.add(text: entry.sql)
      let size = record.cellSize(row: Int64(place + 1))
      guard record.isWhole, unsafe cells.hasRoom(for: size) else { bug("a schema longer than a page") }
      unsafe record.write(row: Int64(place + 1), to: cells.add(size))
    }
    unsafe cells.close()
  }

  // MARK: Leaves

  /// Begins a batch: leaves with numbers that none had before.
  func begin() {
    firstLeaf += lastRows.count
    lastRows.removeAll(keepingCapacity: true)
  }

  /// Adds a row behind all others; false where the batch has no room for it.
  func add(_ record: borrowing RecordBuilder, row: Int64) -> Bool {
    let size = record.cellSize(row: row)
    // A copy: the object would be asked at every use whether another uses it too.
    var cells = unsafe self.cells
    if unsafe lastRows.isEmpty || !cells.hasRoom(for: size) {
      guard lastRows.count < Self.rootLimit else { return false }
      closeLeaf()
      unsafe cells = openLeaf()
    }
    // SAFETY: there is room: no record is longer than an empty leaf holds.
    unsafe record.write(row: row, to: cells.add(size))
    unsafe self.cells = unsafe cells
    lastRow = row
    return true
  }

  private func openLeaf() -> PageCells {
    if lastRows.count == capacity {
      let larger = UnsafeMutableRawPointer.allocate(byteCount: 2 * capacity * Self.pageSize, alignment: 16)
      // SAFETY: both hold `capacity` pages at least.
      unsafe larger.copyMemory(from: leaves, byteCount: capacity * Self.pageSize)
      unsafe leaves.deallocate()
      unsafe leaves = larger
      capacity *= 2
    }
    lastRows.append(0)
    return unsafe PageCells(leaves + (lastRows.count - 1) * Self.pageSize, .tableLeaf)
  }

  private func closeLeaf() {
    if lastRows.isEmpty { return }
    unsafe cells.close()
    lastRows[lastRows.count - 1] = lastRow
  }

  /// Ends a batch: its root names the leaves, or is the only one.
  func end() {
    closeLeaf()
    let root = unsafe fixed + Self.pageSize
    if lastRows.count == 1 {
      // SAFETY: both are pages.
      unsafe root.copyMemory(from: leaves, byteCount: Self.pageSize)
      return
    }
    var branch = unsafe PageCells(root, .tableBranch)
    for (place, row) in lastRows.dropLast().enumerated() {
      // SAFETY: `rootLimit` cells of at most 13 bytes and a pointer of two fit in a page.
      let cell = unsafe branch.add(4 + RecordBuilder.varintSize(UInt64(bitPattern: row)))
      unsafe cell.storeBytes(of: UInt32(firstLeaf + place).bigEndian, as: UInt32.self)
      unsafe RecordBuilder.write(varint: UInt64(bitPattern: row), to: cell + 4)
    }
    unsafe branch.close(right: firstLeaf + lastRows.count - 1)
  }

  // MARK: Reading

  /// Copies bytes of the database from `offset` (from 0) on; false where there are none.
  func read(_ target: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool {
    let (page, place) = (offset / Self.pageSize, offset % Self.pageSize)
    guard let base = target.baseAddress, offset >= 0, place + target.count <= Self.pageSize else { return false }
    let leaf = page + 1 - firstLeaf
    let source: UnsafeMutableRawPointer
    if page + 1 == Self.keyRoot, let keys { return unsafe keys.readRoot(target, at: place) }
    if page + 1 <= Self.keyRoot {
      unsafe source = fixed + min(page, Self.indexRoot - 1) * Self.pageSize
    } else if lastRows.indices.contains(leaf) {
      unsafe source = leaves + leaf * Self.pageSize
    } else {
      return unsafe keys?.read(target, page: page + 1, at: place) ?? false
    }
    // SAFETY: the bytes lie within one page of ours, as checked above.
    unsafe base.copyMemory(from: source + place, byteCount: target.count)
    return true
  }
}
