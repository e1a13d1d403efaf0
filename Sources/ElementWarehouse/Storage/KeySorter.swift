import ElementCore
import ElementSchema

/// Sorts the keys of the new rows of a table, with their hashes and row numbers, as SQLite sorts them in the key index.
///
/// An entry is the values of the key, each ended by a zero byte, the hash with its sign turned round and the row number, both
/// with the highest byte first: entries compare as their bytes do.
struct KeySorter {
  /// An entry is at most so long: pages of an index hold four of these at least.
  static let entryLimit = 8_192
  private static let runSize = 1 << 20
  /// The places of the fields that form a key.
  let key: [Int]
  private var sorter: EntrySorter

  /// A sorter of the keys of a dataset, whose fields are at the places `key`; it writes beside the warehouse at `path`.
  init(key: [Int], path: String) {
    self.key = key
    sorter = EntrySorter(beside: [path], runSize: Self.runSize)
  }

  /// Whether the keys of a dataset are texts, which an entry holds.
  static func takes(_ dataset: Dataset) -> Bool { dataset.key.allSatisfy { dataset.fields[$0].type != .integer } }

  /// Adds the keys of records, whose rows are numbered from `first` on; false where a value has no place in an entry: the
  /// sorter is of no use then.
  mutating func add(_ checked: CheckedBatch, _ records: [Int32], first: Int64) throws -> Bool {
    var entry: [UInt8] = []
    for (place, record) in records.enumerated() {
      entry.removeAll(keepingCapacity: true)
      guard Self.append(key, of: checked, Int(record), to: &entry) else { return false }
      entry.append(integer: (checked.contentHash[Int(record)] ^ 1 << 63).bigEndian)
      entry.append(integer: (first + Int64(place)).bigEndian)
      guard entry.count <= Self.entryLimit else { return false }
      sorter.add(entry.span)
      try sorter.settle()
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

  /// All entries in order, and the number of their bytes.
  consuming func sorted() throws -> (entries: SortedEntries, byteCount: Int) {
    var sorter = self.sorter
    return (try sorter.sorted(), sorter.byteCount)
  }
}
