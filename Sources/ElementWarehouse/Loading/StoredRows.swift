import ElementCore
import GRDB

/// The keys and hashes of all stored rows of a dataset in memory: 24 bytes a row and a third for room, because many keys are
/// looked for in vain.
struct StoredRows {
  /// Key hash (two words), twice the identifier and one (two words), content hash (two words).
  private var table: SlotTable
  /// So many rows are entered at once: their places in the table are looked at ahead.
  private static let rowsAtOnce = 512

  /// Reads them from the key index, or from the table.
  init(_ db: Database, table name: String, key: [String], count: Int, path: String) throws {
    table = SlotTable(stride: 6, expected: count + count / 4)
    let columns = key.map(DatasetTable.quoted).joined(separator: ", ")
    let statement = try unsafe BulkStatement(
      db.sqliteConnection, "SELECT _id, _hash, \(columns) FROM \(DatasetTable.quoted(name))", path: path)
    var (keys, rows): ([UInt64], [(id: UInt64, content: UInt64)]) = ([], [])
    var bytes: [UInt8] = []
    while try statement.step() {
      bytes.removeAll(keepingCapacity: true)
      for column in key.indices { statement.appendHashed(column + 2, to: &bytes) }
      keys.append(XXH64.hash(bytes.span))
      rows.append((UInt64(bitPattern: statement.integer(0)) << 1 | 1, UInt64(bitPattern: statement.integer(1))))
      if keys.count == Self.rowsAtOnce { enter(&keys, &rows) }
    }
    enter(&keys, &rows)
  }

  private mutating func enter(_ keys: inout [UInt64], _ rows: inout [(id: UInt64, content: UInt64)]) {
    table.warm(keys.span)
    for place in keys.indices {
      let (slot, _) = table.slot(keys[place])
      table[slot, 2] = UInt32(truncatingIfNeeded: rows[place].id)
      table[slot, 3] = UInt32(truncatingIfNeeded: rows[place].id >> 32)
      table[slot, 4] = UInt32(truncatingIfNeeded: rows[place].content)
      table[slot, 5] = UInt32(truncatingIfNeeded: rows[place].content >> 32)
    }
    keys.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
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
