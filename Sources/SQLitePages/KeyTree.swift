package import ElementCore

/// Part of a key index as pages: a root, and leaves below it where one does not hold all entries.
///
/// Between two leaves stands an entry of its own, in the root: "Database File Format", section 1.6.
///
/// Safe: pages check what is read of them, and what is written has room, as `PageCells` says. Safe to send: who makes it is done
/// before whoever reads it begins.
@safe package final class KeyTree: @unchecked Sendable {
  /// The number of this tree's first leaf.
  private let firstLeaf: Int
  private let leafLimit: Int
  private let root = PageMemory()
  private var rootCells: PageCells
  private var leaves: [PageMemory] = []
  private var cells: PageCells
  private var lastSize = 0
  /// The number of the next leaf that will be read, from 0.
  private var nextRead = 0
  /// The number of leaves.
  package var leafCount: Int { leaves.count }
  /// Whether all leaves were read, in order.
  package var isRead: Bool { nextRead == leafCount }

  /// An empty tree of at most so many leaves, the first of which has the number `firstLeaf`.
  package init(firstLeaf: Int, leafLimit: Int) {
    (self.firstLeaf, self.leafLimit) = (firstLeaf, leafLimit)
    let leaf = PageMemory()
    leaves = [leaf]
    unsafe rootCells = PageCells(root.start, .keyBranch)
    unsafe cells = PageCells(leaf.start, .keyLeaf)
  }

  /// Adds an entry behind all others: the texts at `columns` of `bytes`, then integers, the last one the row's number; false where the
  /// tree is full.
  ///
  /// - Parameter builder: for as many columns; whoever makes many trees keeps one for all.
  package func add(
    _ bytes: Span<UInt8>, _ columns: [FieldRange], _ integers: (Int64, Int64), _ builder: inout RecordBuilder
  ) -> Bool {
    builder.begin()
    unsafe bytes.withUnsafeBufferPointer { bytes in
      for column in columns {
        // SAFETY: the builder traps where a column does not lie in the bytes.
        unsafe builder.add(text: column, in: bytes)
      }
    }
    builder.add(integers.0)
    builder.add(integers.1)
    return add(builder)
  }

  private func add(_ entry: borrowing RecordBuilder) -> Bool {
    let size = entry.keyCellSize
    // A copy: the object would be asked at every use whether another uses it too.
    var cells = unsafe self.cells
    if unsafe !cells.hasRoom(for: size) {
      guard leaves.count < leafLimit, unsafe rootCells.hasRoom(for: 4 + lastSize) else { return false }
      unsafe cells = closeLeaf()
    }
    // SAFETY: an entry is far shorter than a page.
    unsafe entry.writeKey(to: cells.add(size))
    unsafe self.cells = unsafe cells
    lastSize = size
    return true
  }

  /// Ends a leaf; its last entry goes up, so that the leaf behind it, which is returned, begins with one.
  private func closeLeaf() -> PageCells {
    let cell = unsafe rootCells.add(4 + lastSize)
    unsafe cell.storeBytes(of: UInt32(firstLeaf + leaves.count - 1).bigEndian, as: UInt32.self)
    // SAFETY: the entry lies in its leaf, and `add` made room for it in the root.
    unsafe (cell + 4).copyMemory(from: cells.removeLast(lastSize), byteCount: lastSize)
    unsafe cells.close()
    let leaf = PageMemory()
    leaves.append(leaf)
    return unsafe PageCells(leaf.start, .keyLeaf)
  }

  /// Ends the tree, which has an entry at least.
  package func close() {
    unsafe cells.close()
    unsafe rootCells.close(right: firstLeaf + leaves.count - 1)
  }

  /// Copies bytes of the root from `place` (from 0) on; false where they do not lie in it.
  func readRoot(_ target: UnsafeMutableRawBufferPointer, at place: Int) -> Bool {
    guard leaves.count == 1 else { return unsafe root.read(target, at: place) }
    // The only leaf is the root.
    nextRead = 1
    return unsafe leaves[0].read(target, at: place)
  }

  /// Copies bytes of a leaf; false where none has this number (from 1).
  func read(_ target: UnsafeMutableRawBufferPointer, page: Int, at place: Int) -> Bool {
    let leaf = page - firstLeaf
    guard leaves.indices.contains(leaf) else { return false }
    if leaf == nextRead { nextRead += 1 }
    return unsafe leaves[leaf].read(target, at: place)
  }
}
