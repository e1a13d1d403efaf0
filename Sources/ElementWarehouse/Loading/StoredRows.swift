import ElementCore
import GRDB

/// The keys and hashes of all stored rows of a dataset in memory: 20 bytes a row and a third for room, because many keys are
/// looked for in vain.
struct StoredRows {
  /// The key's hash, twice the identifier and one (32 bits, and six more beside the key's hash), the content's hash (two words).
  /// Identifiers are counted from 1 on: 37 bits hold those of more rows than a file of SQLite does.
  private var table: SlotTable
  /// Whether a key is one value of 15 bytes, as citizen numbers were once.
  private(set) var hasFormerNumbers = false

  /// Reads them from the key index, or from the table: they are read in a thread of their own and entered here.
  init(_ db: Database, table name: String, key: [String], count: Int, path: String) throws {
    table = SlotTable(stride: 5, expected: count + count / 4)
    let columns = key.map(TableShape.quoted).joined(separator: ", ")
    let statement = try unsafe BulkStatement(
      db.sqliteConnection, "SELECT _id, _hash, \(columns) FROM \(TableShape.quoted(name))", path: path)
    let hash = RowHash(names: key)
    try StoredRowScan.forEach(statement, columns: key.count) { enter($0, hash) }
  }

  private mutating func enter(_ rows: StoredRowScan.Rows, _ hash: RowHash) {
    let keys = hash.hashes(
      rows.bytes.span, rows.ranges.span, width: rows.ranges.count / rows.ids.count, count: rows.ids.count)
    table.warm(keys.span)
    if rows.ranges.count == rows.ids.count { hasFormerNumbers = hasFormerNumbers || rows.ranges.contains { $0.count == 15 } }
    for place in keys.indices {
      let (slot, _) = table.slot(keys[place])
      let (id, content) = (UInt64(bitPattern: rows.ids[place]) << 1 | 1, rows.hashes[place])
      table[slot, 2] = UInt32(truncatingIfNeeded: id)
      table[spare: slot] = UInt32(truncatingIfNeeded: id >> 32)
      table[slot, 3] = UInt32(truncatingIfNeeded: content)
      table[slot, 4] = UInt32(truncatingIfNeeded: content >> 32)
    }
  }

  /// Gets ready for many keys: see `SlotTable.warm`.
  mutating func warm(_ keys: [UInt64]) { table.warm(keys.span) }

  /// The row whose key has this hash; nil where there is none.
  func find(_ key: UInt64) -> (id: Int64, hash: UInt64)? {
    guard let slot = table.find(key) else { return nil }
    let id = UInt64(table[slot, 2]) | UInt64(table[spare: slot]) << 32
    return (Int64(id >> 1), UInt64(table[slot, 3]) | UInt64(table[slot, 4]) << 32)
  }
}
