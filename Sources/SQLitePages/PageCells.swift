import ElementCore

/// The cells of a page of a B-tree (SQLite's "Database File Format", section 1.6): their pointers from the front, their contents
/// from the back.
///
/// SAFETY: whoever makes one sees to it that the page stays where it is, and asks for room before adding.
@unsafe struct PageCells {
  /// What a page is, as its first byte says.
  enum Kind: UInt8 {
    /// Rows, in the order of their numbers.
    case tableLeaf = 0x0D
    /// Pages, and the last row in each.
    case tableBranch = 0x05
    /// Entries of an index.
    case keyLeaf = 0x0A
    /// Pages, and the entries between them.
    case keyBranch = 0x02
  }

  private let page: UnsafeMutableRawPointer
  private let start: Int
  private let kind: Kind
  /// The number of cells.
  private(set) var count = 0
  private var content = PageFormat.pageSize
  private var headerEnd: Int { unsafe start + (kind == .tableLeaf || kind == .keyLeaf ? 8 : 12) }

  /// The cells of an empty page; the header begins at `start`, which is 100 on the first page of a file.
  init(_ page: UnsafeMutableRawPointer, _ kind: Kind, start: Int = 0) {
    unsafe self.page = unsafe page
    unsafe (self.kind, self.start) = (kind, start)
  }

  /// Whether a cell of so many bytes has room.
  func hasRoom(for size: Int) -> Bool { unsafe content - size >= headerEnd + 2 * (count + 1) }

  /// Adds a cell, which has room, and returns where its bytes go.
  mutating func add(_ size: Int) -> UnsafeMutableRawPointer {
    unsafe content -= size
    unsafe page.storeBytes(of: UInt16(content).bigEndian, toByteOffset: headerEnd + 2 * count, as: UInt16.self)
    unsafe count += 1
    return unsafe page + content
  }

  /// Adds a cell of a branch of rows: a page below it, and the last row there. The page must have room.
  mutating func add(page below: Int, upTo row: Int64) {
    let cell = unsafe add(4 + RecordBuilder.varintSize(UInt64(bitPattern: row)))
    unsafe cell.storeBytes(of: UInt32(below).bigEndian, as: UInt32.self)
    unsafe RecordBuilder.write(varint: UInt64(bitPattern: row), to: cell + 4)
  }

  /// Takes the last cell, of so many bytes, away and returns where they are.
  mutating func removeLast(_ size: Int) -> UnsafeRawPointer {
    let cell = unsafe page + content
    unsafe content += size
    unsafe count -= 1
    return UnsafeRawPointer(cell)
  }

  /// Writes the header: kind, no free blocks, cells, where their contents begin (65536 is written as 0), and the page behind
  /// the last cell of a branch.
  func close(right: Int = 0) {
    let header = unsafe page + start
    unsafe header.storeBytes(of: kind.rawValue, as: UInt8.self)
    unsafe header.storeBytes(of: 0, toByteOffset: 1, as: UInt16.self)
    unsafe header.storeBytes(of: UInt16(count).bigEndian, toByteOffset: 3, as: UInt16.self)
    unsafe header.storeBytes(of: UInt16(truncatingIfNeeded: content).bigEndian, toByteOffset: 5, as: UInt16.self)
    unsafe header.storeBytes(of: 0, toByteOffset: 7, as: UInt8.self)
    if unsafe headerEnd - start == 12 {
      unsafe header.storeBytes(of: UInt32(right).bigEndian, toByteOffset: 8, as: UInt32.self)
    }
  }
}
