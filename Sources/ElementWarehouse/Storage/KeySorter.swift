import ElementCore
import ElementSchema

/// Sorts the keys of the new rows of a table, with their hashes and row numbers, as SQLite sorts them in the key index: runs of a
/// megabyte are sorted in memory and kept on disk until they are merged.
///
/// An entry is the values of the key, each ended by a zero byte, the hash with its sign turned round and the row number, both
/// with the highest byte first: entries compare as their bytes do.
struct KeySorter {
  /// An entry is at most so long: pages of an index hold four of these at least.
  static let entryLimit = 8_192
  private static let runSize = 1 << 20
  private static let pieceSize = 1 << 16
  private static let suffix = 16
  private let path: String
  /// The places of the fields that form a key.
  let key: [Int]
  private var file: SpillFile?
  /// The runs in the file; entries there begin with their length, the lower byte first.
  private var runs: [Range<Int>] = []
  private var bytes: [UInt8] = []
  private var places: [Place] = []

  /// Where an entry of the run stands, and the words that it begins with.
  private struct Place {
    let head: UInt64
    let next: UInt64
    let start: UInt32
    let count: UInt16
    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
  }

  /// A sorter of the keys of a dataset, whose fields are at the places `key`; it writes beside the warehouse at `path`.
  init(key: [Int], path: String) {
    (self.key, self.path) = (key, path)
  }

  /// Whether the keys of a dataset are texts, which an entry holds.
  static func takes(_ dataset: Dataset) -> Bool { dataset.key.allSatisfy { dataset.fields[$0].type != .integer } }

  /// Adds the keys of records, whose rows are numbered from `first` on; false where a value has no place in an entry: the
  /// sorter is of no use then.
  mutating func add(_ checked: CheckedBatch, _ records: [Int32], first: Int64) throws -> Bool {
    for (place, record) in records.enumerated() {
      let start = bytes.count
      guard Self.append(key, of: checked, Int(record), to: &bytes) else { return false }
      bytes.append(integer: (checked.contentHash[Int(record)] ^ 1 << 63).bigEndian)
      bytes.append(integer: (first + Int64(place)).bigEndian)
      let count = bytes.count - start
      guard count <= Self.entryLimit else { return false }
      let (head, next) = (Self.word(bytes.span, start), Self.word(bytes.span, start + 8))
      places.append(Place(head: head, next: next, start: UInt32(start), count: UInt16(count)))
      if bytes.count >= Self.runSize { try spill() }
    }
    return true
  }

  /// Appends the key of a record in the form of an entry; false where a value has no place in one.
  static func append(_ key: [Int], of checked: CheckedBatch, _ record: Int, to bytes: inout [UInt8]) -> Bool {
    let source = checked.source.bytes.span
    for field in key {
      let value = source.extracting(checked.values[record * checked.fieldCount + field].indices)
      if value.isEmpty || value.firstIndex(of: 0) != nil { return false }
      bytes.append(span: value)
      bytes.append(0)
    }
    return true
  }

  /// The eight bytes from `offset` on as a number that compares as they do; every entry has sixteen at least.
  static func word(_ bytes: Span<UInt8>, _ offset: Int) -> UInt64 { bytes.word(at: offset).byteSwapped }

  /// Whether an entry stands before another, that begins with the same sixteen bytes.
  static func isBefore(_ left: [UInt8], _ leftRange: Range<Int>, _ right: [UInt8], _ rightRange: Range<Int>) -> Bool {
    let (left, right) = (left.span.extracting(leftRange), right.span.extracting(rightRange))
    let common = min(left.count, right.count)
    var index = suffix
    while index + 8 <= common {
      let (one, other) = (word(left, index), word(right, index))
      if one != other { return one < other }
      index += 8
    }
    while index < common {
      if left[index] != right[index] { return left[index] < right[index] }
      index += 1
    }
    return left.count < right.count
  }

  private mutating func spill() throws {
    let entries = bytes
    places.sort { left, right in
      if left.head != right.head { return left.head < right.head }
      if left.next != right.next { return left.next < right.next }
      return Self.isBefore(entries, left.range, entries, right.range)
    }
    let file = try self.file ?? SpillFile(beside: path)
    self.file = file
    let start = file.size
    var piece: [UInt8] = []
    piece.reserveCapacity(Self.pieceSize + Self.entryLimit)
    for place in places {
      piece.append(integer: place.count)
      piece.append(span: entries.span.extracting(place.range))
      if piece.count >= Self.pieceSize {
        try file.append(piece)
        piece.removeAll(keepingCapacity: true)
      }
    }
    try file.append(piece)
    runs.append(start..<file.size)
    bytes = []
    bytes.reserveCapacity(Self.runSize + Self.entryLimit)
    places.removeAll(keepingCapacity: true)
  }

  /// All entries in order, and the number of their bytes.
  consuming func sorted() throws -> (entries: SortedEntries, byteCount: Int) {
    var sorter = self
    if !sorter.places.isEmpty { try sorter.spill() }
    guard let file = sorter.file else { bug("keys that were never added are to be sorted") }
    return (SortedEntries(try sorter.runs.map { try SortedRun(file, $0) }), file.size)
  }
}
