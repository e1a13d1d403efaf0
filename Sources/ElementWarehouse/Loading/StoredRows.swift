import ElementCore
import GRDB

/// The keys and hashes of all stored rows of a dataset in memory: 24 bytes a row and a twelfth for room.
struct StoredRows {
  /// Key hash (two words), twice the identifier and one (two words), content hash (two words).
  private var table: SlotTable

  /// Reads them from the key index, or from the table.
  init(_ db: Database, table name: String, key: [String], count: Int, path: String) throws {
    table = SlotTable(stride: 6, expected: count)
    let columns = key.map(DatasetTable.quoted).joined(separator: ", ")
    let statement = try unsafe BulkStatement(
      db.sqliteConnection, "SELECT _id, _hash, \(columns) FROM \(DatasetTable.quoted(name))", path: path)
    var bytes: [UInt8] = []
    var ranges = [FieldRange](repeating: .empty, count: key.count)
    let fields = Array(0..<key.count)
    var hash = RowHash()
    while try statement.step() {
      bytes.removeAll(keepingCapacity: true)
      for column in key.indices {
        let start = bytes.count
        statement.append(column + 2, to: &bytes)
        ranges[column] = FieldRange(start, bytes.count)
      }
      let (slot, _) = table.slot(hash.hash(bytes.span, ranges.span, from: 0, fields.span))
      let id = UInt64(bitPattern: statement.integer(0)) << 1 | 1
      let content = UInt64(bitPattern: statement.integer(1))
      table[slot, 2] = UInt32(truncatingIfNeeded: id)
      table[slot, 3] = UInt32(truncatingIfNeeded: id >> 32)
      table[slot, 4] = UInt32(truncatingIfNeeded: content)
      table[slot, 5] = UInt32(truncatingIfNeeded: content >> 32)
    }
  }

  /// Gets ready for many keys: see `SlotTable.warm`.
  func warm(_ keys: [UInt64]) { table.warm(keys.span) }

  /// The row whose key has this hash; nil where there is none.
  func find(_ key: UInt64) -> (id: Int64, hash: UInt64)? {
    let slot = table.find(key)
    guard table[slot, 2] != 0 else { return nil }
    let id = UInt64(table[slot, 2]) | UInt64(table[slot, 3]) << 32
    return (Int64(id >> 1), UInt64(table[slot, 4]) | UInt64(table[slot, 5]) << 32)
  }
}
