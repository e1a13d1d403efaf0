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
  private let gridField: Int?
  private let path: String
  private let origins: StoredOrigins
  /// The fields, from 0, that may hold something, ascending: asking for the others takes time for each row.
  private let written: [Int]
  /// Whether the codes of each field are counted.
  private let isCode: [Bool]
  /// What is known of the rows that were read.
  private let seen = Mutex(Seen())

  private struct Seen: Sendable {
    /// The number of each row, in their order.
    var ids: [UInt32] = []
    /// The place of each grid code among `filled`.
    var grids: [[UInt8]: Int] = [:]
    /// How much is filled in each grid.
    var filled: [FilledCount] = []
    /// The grid of the last row, and its place.
    var last: (grid: [UInt8], place: Int)?

    /// The place of a grid code, which is made where it has none. Rows of one grid often follow each other.
    mutating func place(of grid: ArraySlice<UInt8>, width: Int) -> Int {
      if let last, grid.elementsEqual(last.grid) { return last.place }
      let key = Array(grid)
      let place = grids[key] ?? filled.count
      if place == filled.count {
        grids[key] = place
        filled.append(FilledCount(fields: width))
      }
      last = (key, place)
      return place
    }
  }

  /// The rows of a dataset that are open; nil where none are stored.
  init?(_ db: Database, _ dataset: Dataset, _ origins: StoredOrigins, countsCodes: Bool, path: String) throws {
    guard let shape = try DatasetTable.stored(db, dataset.name, path: path) else { return nil }
    closed = try Closings.closed(db, dataset.name)
    var closedCount = 0
    closed.forEach { _ in closedCount += 1 }
    count = (try Int.fetchOne(db, sql: "SELECT count(*) FROM \(shape.table)") ?? 0) - closedCount
    if count == 0 { return nil }
    (self.db, self.dataset, self.shape, self.origins, self.path) = (db, dataset, shape, origins, path)
    gridField = dataset.gridField
    isCode = dataset.fields.map { if case .code = $0.type { countsCodes } else { false } }
    written = try Self.written(db, dataset, shape)
  }

  /// The fields that a load had a column for, or that are filled from others; all of them where another one holds something all the same.
  private static func written(_ db: Database, _ dataset: Dataset, _ shape: TableShape) throws -> [Int] {
    let mappings = try String.fetchAll(
      db, sql: "SELECT DISTINCT mapping FROM batch_input WHERE dataset = ?", arguments: [dataset.name])
    let names = mappings.flatMap { $0.split(separator: ",") }.compactMap { $0.split(separator: ":").last.map(String.init) }
    let mapped = dataset.filledFields.union(names.compactMap(dataset.index))
    let others = dataset.fields.indices.filter { !mapped.contains($0) && shape.column(dataset.fields[$0].name) != nil }
    let holds = others.map { "\(TableShape.quoted(dataset.fields[$0].name)) IS NOT NULL" }.joined(separator: " OR ")
    let isTold =
      try others.isEmpty || Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(shape.table) WHERE \(holds))") == false
    return isTold && !mapped.isEmpty ? mapped.sorted() : Array(dataset.fields.indices)
  }

  /// A reader from the first row on.
  package func records(isAhead: Bool) throws -> any RecordSource { StoredRecords(self, isAhead: isAhead) }

  /// The file and the row from which a row that was read was stored as it is.
  package func origin(ofRow row: Int) throws -> RecordOrigin {
    try origins.origin(of: number(ofRow: row), in: dataset.name)
  }

  /// The number of a row that was read (`_id`), by its place among the open ones from 1.
  package func number(ofRow row: Int) -> Int64 {
    seen.withLock { seen in
      guard seen.ids.indices.contains(row - 1) else { bug("a row that was not read is asked for its number") }
      return Int64(seen.ids[row - 1])
    }
  }

  /// How much the rows that were read fill, by their grids.
  package var filled: [String: FilledCount] {
    let counts = seen.withLock { seen in seen.grids.map { ($0, seen.filled[$1]) } }.map { grid, count in
      (grid.isEmpty ? QualityReading.noGrid : String(validating: grid, as: UTF8.self) ?? QualityReading.noGrid, count)
    }
    return Dictionary(counts) { $0.adding($1) }
  }

  /// What gives the rows from a number on.
  fileprivate func scan(from id: Int64) throws(WarehouseError) -> StoredRowScan {
    let columns = written.map { ", " + shape.selected(dataset.fields[$0].name) }.joined()
    let statement = try BulkStatement(
      db, "SELECT _id, _batch\(columns) FROM \(shape.table) WHERE _id >= ? ORDER BY _id", path: path)
    statement.bind(id, at: 1)
    return StoredRowScan(statement, columns: written.count)
  }

  /// Those of some rows that are open, as records that follow a row.
  fileprivate func records(_ found: StoredRowScan.Rows, after row: Int) -> RecordBatch {
    var batch = RecordBatch(bytes: found.bytes, byteBase: 0)
    // How far the reader has come is told in rows.
    batch.fileBytes = found.ids.count
    let (width, count) = (dataset.fields.count, written.count)
    batch.fields = Array(repeating: .empty, count: found.ids.count * width)
    batch.spots.reserveCapacity(found.ids.count)
    batch.rawRanges.reserveCapacity(found.ids.count)
    for (place, id) in found.ids.enumerated() where !closed.contains(id) {
      let (first, start) = (batch.spots.count * width, place * count)
      for column in 0..<count { batch.fields[first + written[column]] = found.ranges[start + column] }
      // Its number is no place among the bytes.
      batch.rawRanges.append(FieldRange(Int(found.ranges[start].start), Int(found.ranges[start + count - 1].end)))
      batch.spots.append(
        RecordSpot(
          row: row + batch.spots.count + 1, line: 0, byteStart: Int(id), byteLength: 0, firstField: first, fieldCount: width,
          flags: []))
    }
    batch.fields.removeLast(batch.fields.count - batch.spots.count * width)
    note(batch)
    return batch
  }

  /// Notes what rows are and what they fill that were not read before.
  private func note(_ batch: RecordBatch) {
    let width = dataset.fields.count
    seen.withLock { seen in
      guard let last = batch.spots.last, Int(last.row) > seen.ids.count else { return }
      for (record, spot) in batch.spots.enumerated() where Int(spot.row) > seen.ids.count {
        seen.ids.append(UInt32(spot.byteStart))
        let own = gridField.map { batch.fields[record * width + $0] } ?? .empty
        let place = seen.place(of: batch.bytes[own.indices], width: width)
        seen.filled[place].rows += 1
        for field in written where !batch.fields[record * width + field].isEmpty {
          seen.filled[place].fields[field] += 1
          if isCode[field] {
            seen.filled[place].add(
              code: batch.bytes.span.extracting(batch.fields[record * width + field].indices), of: field)
          }
        }
      }
    }
  }
}

/// Reads the rows of a table in batches.
private struct StoredRecords: RecordSource {
  let blankLines = 0
  private let table: StoredTable
  private let isAhead: Bool
  private var row = 0
  private var reader: Reader?
  /// Rows that lie so near are read to get at those behind them.
  private static let near = 4_096

  /// Who gives rows: itself when it is asked, or a thread of its own ahead of that.
  private enum Reader: Sendable {
    case direct(StoredRowScan)
    case ahead(ReadAhead<StoredRowScan.Rows, WarehouseError>)

    func next() throws(WarehouseError) -> StoredRowScan.Rows? {
      switch self {
      case .direct(let scan): try scan.next()
      case .ahead(let ahead): try ahead.next()
      }
    }
  }

  init(_ table: StoredTable, isAhead: Bool) { (self.table, self.isAhead) = (table, isAhead) }

  mutating func nextBatch() throws -> RecordBatch? {
    if reader == nil { try open(from: 0) }
    while let rows = try reader?.next() {
      let batch = table.records(rows, after: row)
      if batch.spots.isEmpty { continue }
      row += batch.spots.count
      return batch
    }
    return nil
  }

  mutating func skip(to start: RecordStart) throws {
    if start.row < row || start.row - row < Self.near && reader != nil { return }
    row = start.row
    try open(from: Int64(start.byte))
  }

  private mutating func open(from id: Int64) throws {
    // The reader before ends first: one statement at a time uses the connection.
    reader = nil
    let scan = try table.scan(from: id)
    reader = isAhead ? .ahead(ReadAhead { () throws(WarehouseError) in try scan.next() }) : .direct(scan)
  }
}

extension Warehouse {
  /// Runs `body` with the open rows of those datasets that have any, and a function that visits all stored rows; nothing is written
  /// meanwhile. What rows hold of each code is counted where `countsCodes`: it takes time for each row.
  ///
  /// - Throws: `WarehouseError`, or what `body` throws.
  package func reading<Result>(
    _ datasets: [Dataset], countsCodes: Bool = false, _ body: ([StoredTable], @escaping RowVisitor) throws -> Result
  ) throws -> Result {
    let path = queue.path
    let origins = StoredOrigins(path)
    return try translatingErrors(self.path) {
      try queue.read { db in
        let tables = try datasets.compactMap { try StoredTable(db, $0, origins, countsCodes: countsCodes, path: path) }
        return try body(tables) { try WarehouseRows.visit(db, $0, $1, path: path, $2) }
      }
    }
  }
}
