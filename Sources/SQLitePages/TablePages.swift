import ElementCore

/// The pages of one table of a `PageDatabase`: a root, and the leaves of the batch that is copied next.
///
/// Safe: the memory is this object's own from `init` to `deinit`, and every access is checked against its size.
@safe package final class TablePages {
  private static let pageSize = PageFormat.pageSize
  /// So many leaves have room in a root: a cell has 13 bytes at most, and two for where it is.
  private static let leafLimit = 4_096
  private let numbers: LeafNumbers
  /// The number of the first leaf of its key index: those of all trees follow each other.
  package let firstKeyLeaf: Int
  /// Entries of the key index that go in with the rows that are laid next.
  package var keys: KeyTree?

  private let root = PageMemory()
  private let empty = PageMemory()
  private var leaves: UnsafeMutableRawPointer
  private var capacity = 4
  /// The number of the first leaf of this batch.
  private var firstLeaf = 0
  /// The last row of each leaf of this batch that is full, and of the one that is being filled.
  private var lastRows: [Int64] = []
  private var lastRow: Int64 = 0
  private var cells: PageCells
  private var builder = RecordBuilder(columns: 0)
  private var columnCount = 0

  /// A table without rows, the `number`-th (from 0) of its database, whose tables share `numbers`.
  init(_ numbers: LeafNumbers, number: Int) {
    self.numbers = numbers
    firstKeyLeaf = PageFormat.firstKeyLeaf + number * PageFormat.keyLeafCount
    unsafe leaves = .allocate(byteCount: capacity * Self.pageSize, alignment: 16)
    unsafe cells = PageCells(leaves, .tableLeaf)
    unsafe PageCells(root.start, .tableLeaf).close()
    unsafe PageCells(empty.start, .keyLeaf).close()
  }

  deinit { unsafe leaves.deallocate() }

  // MARK: Writing

  /// Lays rows out, in the place of those before; false where one has no room in a page, or all have none below one root.
  ///
  /// A range that does not lie in the bytes of the rows traps.
  package func lay(_ rows: PageRows) -> Bool {
    if columnCount != rows.columnCount {
      columnCount = rows.columnCount
      builder = RecordBuilder(columns: columnCount)
    }
    lastRows.removeAll(keepingCapacity: true)
    // SAFETY: the pointers are used within the closures only; the builder looks at the ranges.
    let isWhole = unsafe rows.bytes.withUnsafeBufferPointer { bytes in
      unsafe rows.stamp.withUnsafeBufferPointer { stamp in unsafe Self.lay(rows, bytes, stamp, &builder, self) }
    }
    if isWhole { end() }
    return isWhole
  }

  // Static, with the builder handed over once: looking into the object for each value would ask each time who else does.
  private static func lay(
    _ rows: PageRows, _ bytes: UnsafeBufferPointer<UInt8>, _ stamp: UnsafeBufferPointer<UInt8>, _ builder: inout RecordBuilder,
    _ pages: TablePages
  ) -> Bool {
    let (columns, values, notes, integers) = (rows.columns.span, rows.values.span, rows.notes.span, rows.integers.span)
    let (records, width) = (rows.records, rows.width)
    var row = rows.lastRow
    for place in records.indices {
      let record = Int(records[place])
      let (start, own) = (record * width, place * rows.integerCount)
      builder.begin()
      for column in columns.indices {
        switch columns[column] {
        case .text(let value): unsafe builder.add(text: values[start + value], in: bytes)
        case .digits(let value): unsafe builder.add(digits: values[start + value], in: bytes)
        case .nulls(let count): builder.addNulls(count)
        case .integer(let number): builder.add(integers[own + number])
        case .constant(let number): builder.add(number)
        case .stamp: unsafe builder.add(text: FieldRange(0, stamp.count), in: stamp)
        case .note: unsafe builder.add(text: notes[record], in: bytes)
        }
      }
      row += 1
      guard builder.isWhole, pages.add(builder, row: row) else { return false }
    }
    return true
  }

  /// Adds a row behind all others; false where the batch has no room for it.
  private func add(_ record: borrowing RecordBuilder, row: Int64) -> Bool {
    let size = record.cellSize(row: row)
    // A copy: the object would be asked at every use whether another uses it too.
    var cells = unsafe self.cells
    if unsafe lastRows.isEmpty || !cells.hasRoom(for: size) {
      guard lastRows.count < Self.leafLimit else { return false }
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
  private func end() {
    closeLeaf()
    firstLeaf = numbers.take(lastRows.count)
    if lastRows.count <= 1 {
      if lastRows.isEmpty { return unsafe PageCells(root.start, .tableLeaf).close() }
      // SAFETY: both are pages.
      return unsafe root.start.copyMemory(from: leaves, byteCount: Self.pageSize)
    }
    var branch = unsafe PageCells(root.start, .tableBranch)
    // SAFETY: `leafLimit` cells have room.
    for (place, row) in lastRows.dropLast().enumerated() { unsafe branch.add(page: firstLeaf + place, upTo: row) }
    unsafe branch.close(right: firstLeaf + lastRows.count - 1)
  }

  // MARK: Reading

  /// Copies bytes of one of its roots from `place` on: the rows (0), indexes without entries (1), the key index (2).
  func readRoot(_ number: Int, _ target: UnsafeMutableRawBufferPointer, at place: Int) -> Bool {
    if number == 0 { return unsafe root.read(target, at: place) }
    if number == 2, let keys { return unsafe keys.readRoot(target, at: place) }
    return unsafe empty.read(target, at: place)
  }

  /// Copies bytes of a leaf; false where none has this number (from 1).
  func read(_ target: UnsafeMutableRawBufferPointer, page: Int, at place: Int) -> Bool {
    let leaf = page - firstLeaf
    guard lastRows.indices.contains(leaf) else { return unsafe keys?.read(target, page: page, at: place) ?? false }
    guard place + target.count <= Self.pageSize else { return false }
    // SAFETY: the bytes lie within a page of ours.
    unsafe target.copyMemory(from: UnsafeRawBufferPointer(start: leaves + leaf * Self.pageSize + place, count: target.count))
    return true
  }
}
