import ElementCore
package import ElementFormats
package import ElementSchema
import GRDB
import Synchronization

/// The open rows of a dataset, in the order of their numbers, as a check reads the records of a file.
///
/// Safe to send: whoever reads is the only one, and the connection is used by no other until it has seen the last row.
package final class StoredTable: RecordTable, @unchecked Sendable {
  /// What the rows are records of.
  package let dataset: Dataset
  /// How many rows are open.
  package let count: Int
  private let db: Database
  private let shape: TableShape
  private let closed: RowSet
  private let path: String
  private let origins: StoredOrigins
  /// The number of each row that was read, in their order.
  private let ids = Mutex<[UInt32]>([])

  /// The rows of a dataset that are open; nil where none are stored.
  init?(_ db: Database, _ dataset: Dataset, _ origins: StoredOrigins, path: String) throws {
    guard let shape = try DatasetTable.stored(db, dataset.name, path: path) else { return nil }
    closed = try Closings.closed(db, dataset.name)
    var closedCount = 0
    closed.forEach { _ in closedCount += 1 }
    count = (try Int.fetchOne(db, sql: "SELECT count(*) FROM \(shape.table)") ?? 0) - closedCount
    if count == 0 { return nil }
    (self.db, self.dataset, self.shape, self.origins, self.path) = (db, dataset, shape, origins, path)
  }

  /// A reader from the first row on.
  package func records(isAhead: Bool) throws -> any RecordSource { StoredRecords(self, isAhead: isAhead) }

  /// The file and the row from which a row that was read was stored as it is.
  package func origin(ofRow row: Int) throws -> RecordOrigin {
    try origins.origin(of: number(ofRow: row), in: dataset.name)
  }

  /// The number of a row that was read (`_id`), by its place among the open ones from 1.
  package func number(ofRow row: Int) -> Int64 {
    ids.withLock { ids in
      guard ids.indices.contains(row - 1) else { bug("a row that was not read is asked for its number") }
      return Int64(ids[row - 1])
    }
  }

  /// What gives the rows from a number on.
  fileprivate func scan(from id: Int64) throws(WarehouseError) -> StoredRowScan {
    let columns = dataset.fields.map { ", " + shape.selected($0.name) }.joined()
    let statement = try BulkStatement(
      db, "SELECT _id, _batch\(columns) FROM \(shape.table) WHERE _id >= ? ORDER BY _id", path: path)
    statement.bind(id, at: 1)
    return StoredRowScan(statement, columns: dataset.fields.count)
  }

  /// Those of some rows that are open, as records that follow a row.
  fileprivate func records(_ found: StoredRowScan.Rows, after row: Int) -> RecordBatch {
    var batch = RecordBatch(bytes: found.bytes, byteBase: 0)
    // How far the reader has come is told in rows.
    batch.fileBytes = found.ids.count
    let width = dataset.fields.count
    for (place, id) in found.ids.enumerated() where !closed.contains(id) {
      let first = batch.fields.count
      batch.fields += found.ranges[place * width..<(place + 1) * width]
      batch.spots.append(
        RecordSpot(
          row: row + batch.spots.count + 1, line: 0, byteStart: Int(id), byteLength: 0, firstField: first, fieldCount: width,
          flags: []))
    }
    note(batch)
    return batch
  }

  private func note(_ batch: RecordBatch) {
    ids.withLock { ids in
      for spot in batch.spots where Int(spot.row) > ids.count { ids.append(UInt32(spot.byteStart)) }
    }
  }
}

/// Reads the rows of a table in batches.
private struct StoredRecords: RecordSource {
  let blankLines = 0
  private let table: StoredTable
  private let isAhead: Bool
  private var row = 0
  private var next: @Sendable () throws(WarehouseError) -> StoredRowScan.Rows?
  private var isOpen = false
  /// Rows that lie so near are read to get at those behind them.
  private static let near = 4_096

  init(_ table: StoredTable, isAhead: Bool) {
    (self.table, self.isAhead) = (table, isAhead)
    next = { () throws(WarehouseError) in nil }
  }

  mutating func nextBatch() throws -> RecordBatch? {
    if !isOpen { try open(from: 0) }
    while let rows = try next() {
      let batch = table.records(rows, after: row)
      if batch.spots.isEmpty { continue }
      row += batch.spots.count
      return batch
    }
    return nil
  }

  mutating func skip(to start: RecordStart) throws {
    if start.row < row || start.row - row < Self.near && isOpen { return }
    row = start.row
    try open(from: Int64(start.byte))
  }

  private mutating func open(from id: Int64) throws {
    // The reader before ends first: one statement at a time uses the connection.
    next = { () throws(WarehouseError) in nil }
    isOpen = true
    let scan = try table.scan(from: id)
    guard isAhead else {
      next = { () throws(WarehouseError) in try scan.next() }
      return
    }
    let ahead = ReadAhead { () throws(WarehouseError) in try scan.next() }
    next = { () throws(WarehouseError) in try ahead.next() }
  }
}

extension Warehouse {
  /// Runs `body` with the open rows of those datasets that have any, and a function that visits all stored rows; nothing is written
  /// meanwhile.
  ///
  /// - Throws: `WarehouseError`, or what `body` throws.
  package func reading<Result>(
    _ datasets: [Dataset], _ body: ([StoredTable], @escaping RowVisitor) throws -> Result
  ) throws -> Result {
    let path = queue.path
    let origins = StoredOrigins(path)
    return try translatingErrors(self.path) {
      try queue.read { db in
        let tables = try datasets.compactMap { try StoredTable(db, $0, origins, path: path) }
        return try body(tables) { try WarehouseRows.visit(db, $0, $1, path: path, $2) }
      }
    }
  }
}
