import ElementCore
import Glibc

/// A database in memory of one table whose leaf pages are written by us, in SQLite's file format (its document "Database File
/// Format", sections 1 and 2): a page with the schema, the table's root, an empty page for an index, then leaves.
///
/// The leaves of every batch have numbers of their own, and rows have theirs: a page that SQLite kept from an earlier batch
/// would bring rows that are there already, which it refuses.
///
/// Safe: the memory is this object's own from `init` to `deinit`, and every access is checked against its size.
@safe final class FeedPages {
  /// The size of a page: the largest there is, so that rows need no overflow pages.
  static let pageSize = 65_536
  /// The number of pages that the database claims to have: as many as SQLite allows, for those that are still to come.
  static let pageCount = 0x3FFF_FFFF
  /// The longest record that a leaf holds whole: section 1.6.
  static let recordLimit = pageSize - 35
  /// The page of the table's root.
  static let tableRoot = 2
  /// The page that indexes without rows share.
  static let indexRoot = 3

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
  private var cells = 0
  private var content = FeedPages.pageSize

  /// A row of the schema.
  typealias SchemaEntry = (type: String, name: String, table: String, root: Int, sql: String)

  /// A database whose schema has these rows.
  init(schema: [SchemaEntry]) {
    unsafe fixed = .allocate(byteCount: 3 * Self.pageSize, alignment: 16)
    unsafe fixed.initializeMemory(as: UInt8.self, repeating: 0, count: 3 * Self.pageSize)
    unsafe leaves = .allocate(byteCount: capacity * Self.pageSize, alignment: 16)
    writeHeader()
    writeSchema(schema)
    unsafe writeLeafHeader(fixed + 2 * Self.pageSize, type: 0x0A, cells: 0, content: Self.pageSize)
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
    var content = Self.pageSize
    for (place, entry) in schema.enumerated() {
      record.begin()
      for text in [entry.type, entry.name, entry.table] { record.add(text: text) }
      record.add(Int64(entry.root))
      record.add(text: entry.sql)
      guard record.isWhole else { bug("a schema longer than a page") }
      let size = record.cellSize(row: Int64(place + 1))
      content -= size
      // SAFETY: a schema of a few rows is far shorter than a page; `bug` above and the guard below see to it.
      guard content > 108 + 2 * schema.count else { bug("a schema longer than a page") }
      unsafe record.write(row: Int64(place + 1), to: fixed + content)
      unsafe fixed.storeBytes(of: UInt16(content).bigEndian, toByteOffset: 108 + 2 * place, as: UInt16.self)
    }
    unsafe writeLeafHeader(fixed + 100, type: 0x0D, cells: schema.count, content: content)
  }

  /// The header of a leaf: type, no free blocks, cells, where their content begins (65536 is written as 0).
  private func writeLeafHeader(_ page: UnsafeMutableRawPointer, type: UInt8, cells: Int, content: Int) {
    unsafe page.storeBytes(of: type, as: UInt8.self)
    unsafe page.storeBytes(of: 0, toByteOffset: 1, as: UInt16.self)
    unsafe page.storeBytes(of: UInt16(cells).bigEndian, toByteOffset: 3, as: UInt16.self)
    unsafe page.storeBytes(of: UInt16(truncatingIfNeeded: content).bigEndian, toByteOffset: 5, as: UInt16.self)
    unsafe page.storeBytes(of: 0, toByteOffset: 7, as: UInt8.self)
  }

  // MARK: Leaves

  /// Begins a batch: leaves with numbers that none had before.
  func begin() {
    firstLeaf += lastRows.count
    lastRows.removeAll(keepingCapacity: true)
    (cells, content) = (0, 0)
  }

  /// Adds a row behind all others; false where the batch has no room for it.
  func add(_ record: borrowing RecordBuilder, row: Int64) -> Bool {
    let size = record.cellSize(row: row)
    if content - size < 8 + 2 * (cells + 1) || lastRows.isEmpty {
      guard lastRows.count < Self.rootLimit else { return false }
      closeLeaf()
      openLeaf()
    }
    content -= size
    let page = unsafe leaves + (lastRows.count - 1) * Self.pageSize
    // SAFETY: the leaf is within `leaves`, and above there was room for the cell and its pointer.
    unsafe record.write(row: row, to: page + content)
    unsafe page.storeBytes(of: UInt16(content).bigEndian, toByteOffset: 8 + 2 * cells, as: UInt16.self)
    cells += 1
    lastRows[lastRows.count - 1] = row
    return true
  }

  private func openLeaf() {
    if lastRows.count == capacity {
      let larger = UnsafeMutableRawPointer.allocate(byteCount: 2 * capacity * Self.pageSize, alignment: 16)
      // SAFETY: both hold `capacity` pages at least.
      unsafe larger.copyMemory(from: leaves, byteCount: capacity * Self.pageSize)
      unsafe leaves.deallocate()
      unsafe leaves = larger
      capacity *= 2
    }
    lastRows.append(0)
    (cells, content) = (0, Self.pageSize)
  }

  private func closeLeaf() {
    guard !lastRows.isEmpty else { return }
    unsafe writeLeafHeader(leaves + (lastRows.count - 1) * Self.pageSize, type: 0x0D, cells: cells, content: content)
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
    // An interior page: the leaf behind the last cell stands in the header.
    let last = lastRows.count - 1
    var content = Self.pageSize
    for place in 0..<max(0, last) {
      content -= 4 + RecordBuilder.varintSize(UInt64(bitPattern: lastRows[place]))
      // SAFETY: `rootLimit` cells of at most 13 bytes and a pointer of two fit in a page.
      unsafe root.storeBytes(of: UInt32(firstLeaf + place).bigEndian, toByteOffset: content, as: UInt32.self)
      unsafe RecordBuilder.write(varint: UInt64(bitPattern: lastRows[place]), to: root + content + 4)
      unsafe root.storeBytes(of: UInt16(content).bigEndian, toByteOffset: 12 + 2 * place, as: UInt16.self)
    }
    unsafe writeLeafHeader(root, type: 0x05, cells: max(0, last), content: content)
    unsafe root.storeBytes(of: UInt32(firstLeaf + last).bigEndian, toByteOffset: 8, as: UInt32.self)
  }

  // MARK: Reading

  /// Copies bytes of the database from `offset` (from 0) on; false where there are none.
  func read(_ target: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool {
    let (page, place) = (offset / Self.pageSize, offset % Self.pageSize)
    guard let base = target.baseAddress, offset >= 0, place + target.count <= Self.pageSize else { return false }
    let leaf = page + 1 - firstLeaf
    let source: UnsafeMutableRawPointer
    if page < 3 {
      unsafe source = fixed + page * Self.pageSize
    } else if lastRows.indices.contains(leaf) {
      unsafe source = leaves + leaf * Self.pageSize
    } else {
      return false
    }
    // SAFETY: the bytes lie within one page of ours, as checked above.
    unsafe base.copyMemory(from: source + place, byteCount: target.count)
    return true
  }
}
