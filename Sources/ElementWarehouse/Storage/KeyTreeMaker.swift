import ElementCore
import SQLitePages

/// Makes the key index of a table from its sorted keys, tree by tree, and the digest of its rows.
///
/// Safe to send: nobody else has its file.
struct KeyTreeMaker: ~Copyable, @unchecked Sendable {
  /// Trees are so long at least: enough for SQLite to be busy with.
  private static let leastLeaves = 16
  private static let mostLeaves = 256
  private var entries: SortedEntries
  private let keyCount: Int
  private let leafLimit: Int
  private var builder: RecordBuilder
  private var digest = DatasetDigest()
  private let keyHash: RowHash
  /// Where the values of the entry stand that is added, kept for its room.
  private var columns: [FieldRange] = []
  private var takenBack: ArraySlice<[UInt8]>
  private var nextLeaf: Int

  /// A maker of the trees of a sorter's entries, of which there is one at least, and of `count` trees at most, for a key whose
  /// fields have these names; their leaves have the numbers from `firstLeaf` on. Nil where the trees would be too large. The keys of rows that are `takenBack` later, in the form of entries, are in them and not in the digest.
  ///
  /// - Throws: `WarehouseError` where the disk has no room.
  init?(_ sorter: consuming KeySorter, _ names: [String], firstLeaf: Int, atMost count: Int, takenBack: [[UInt8]]) throws {
    nextLeaf = firstLeaf
    keyCount = names.count
    keyHash = RowHash(names: names)
    builder = RecordBuilder(columns: keyCount + 2)
    self.takenBack = takenBack.sorted { $0.lexicographicallyPrecedes($1) }[...]
    let byteCount: Int
    (entries, byteCount) = try sorter.sorted()
    // In an index an entry takes no more bytes than here; an eighth of a leaf may stay empty.
    leafLimit = max(Self.leastLeaves, byteCount / (count * (PageFormat.pageSize - KeySorter.entryLimit)) + 1)
    if leafLimit > Self.mostLeaves { return nil }
  }

  /// The next tree; nil behind the last.
  ///
  /// - Throws: `SpillError` where the keys cannot be read again.
  mutating func next() throws(SpillError) -> KeyTree? {
    let tree = KeyTree(firstLeaf: nextLeaf, leafLimit: leafLimit)
    if entries.first == nil { return nil }
    while addFirst(to: tree) { try entries.advance() }
    tree.close()
    nextLeaf += tree.leafCount
    return tree
  }

  /// The digest of the dataset without the rows that are taken back, behind the last tree: see `DatasetDigest`. Nil where one
  /// of these was not among the keys.
  func finish() -> String? { takenBack.isEmpty ? digest.finish().text : nil }

  /// Adds the entry that is first to a tree and the digest; false where there is none, or the tree is full.
  private mutating func addFirst(to tree: KeyTree) -> Bool {
    guard let (piece, place) = entries.first else { return false }
    let entry = piece.span.extracting(place)
    placeColumns(entry)
    let columns = self.columns
    let hash = Int64(bitPattern: entry.word(at: entry.count - 16).byteSwapped ^ 1 << 63)
    let row = Int64(bitPattern: entry.word(at: entry.count - 8).byteSwapped)
    guard tree.add(entry, columns, (hash, row), &builder) else { return false }
    if let key = takenBack.first, entry.starts(with: key) {
      takenBack.removeFirst()
      return true
    }
    let bucket = DatasetDigest.bucket(ofKey: keyHash.hash(entry, columns.span, from: 0))
    digest.add(entry, columns.span, hash: UInt64(bitPattern: hash), to: bucket)
    return true
  }

  /// Notes where the values of an entry stand; the last one ends before its zero, the hash and the row number.
  private mutating func placeColumns(_ entry: Span<UInt8>) {
    columns.removeAll(keepingCapacity: true)
    var start = 0
    for column in 1...keyCount {
      let end = column == keyCount ? entry.count - 17 : entry.firstIndex(of: 0, from: start) ?? start
      columns.append(FieldRange(start, end))
      start = end + 1
    }
  }
}
