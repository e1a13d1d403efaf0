package import ElementCore
package import ElementSchema
import GRDB

/// Reads what goes into a package, in one transaction: the open rows of a dataset, or those that may have changed for a receiver.
///
/// Rows come in the order of their numbers, so that the same warehouse makes the same bytes.
package final class PackageReader {
  /// Some rows.
  package struct Rows: Sendable {
    /// The values of the fields that were asked for, row by row; integers as their digits.
    package var bytes: [UInt8] = []
    /// Where each of them stands.
    package var ranges: [FieldRange] = []
    /// Their numbers, which joins and moves keep.
    package var ids: [Int64] = []

    /// No rows.
    package init() {}
  }

  /// A row that may be other than a receiver has it.
  package struct Change: Sendable {
    /// Its number.
    package var id: Int64 = 0
    /// How it stands now, one row; none where it is gone, or closed.
    package var now = Rows()
    /// How it stood at some time since, the latest first.
    package var before = Rows()
    /// Whether the receiver may have it.
    package var isHeld = false
    /// Whether it has the row for sure, as the oldest of the former versions says, or, without any, as it stands.
    package var isSure = false
  }

  /// The last batch that ended; 0 where nothing was loaded.
  package let batch: Int
  let db: Database
  let path: String
  private var closed: [String: RowSet] = [:]
  private static let rowsAtOnce = 1_024

  /// A reader in a transaction.
  init(_ db: Database, path: String) throws {
    (self.db, self.path) = (db, path)
    batch = try Int.fetchOne(db, sql: "SELECT max(id) FROM batch WHERE digest IS NOT NULL") ?? 0
  }

  /// How many rows a dataset has, closed ones too.
  package func count(_ dataset: Dataset) throws -> Int {
    guard let shape = try shape(dataset) else { return 0 }
    return try Int.fetchOne(db, sql: "SELECT count(*) FROM \(shape.table)") ?? 0
  }

  /// Visits some fields, from 0, of the open rows of a dataset, a thousand rows at a time. They are read in a thread of their own, ahead of `body`.
  package func forEach(_ dataset: Dataset, _ fields: [Int], _ body: (Rows) throws -> Void) throws {
    guard let shape = try shape(dataset) else { return }
    let closed = try closed(dataset)
    let statement = try BulkStatement(
      db, "SELECT _id, 0\(columns(fields, dataset, shape)) FROM \(shape.table) ORDER BY _id", path: path)
    try StoredRowScan.forEach(statement, columns: fields.count) { found in
      var rows = Rows()
      rows.bytes = found.bytes
      if closed.isEmpty {
        (rows.ranges, rows.ids) = (found.ranges, found.ids)
      } else {
        for (place, id) in found.ids.enumerated() where !closed.contains(id) {
          rows.ranges += found.ranges[place * fields.count..<(place + 1) * fields.count]
          rows.ids.append(id)
        }
      }
      try body(rows)
    }
  }

  /// Visits the rows of a dataset that may be other than a receiver has them, by the numbers of rows ascending; but for those that only came to be
  /// where not `withNew`; `other` are rows that may be other for another reason.
  package func forEachChange(
    _ dataset: Dataset, _ fields: [Int], since base: PackageBase, withNew: Bool = true, other: some Sequence<Int64> = [],
    _ body: (Change) throws -> Void
  ) throws {
    guard let shape = try shape(dataset) else { return }
    var touched = try base.touched(db, shape, withNew: withNew)
    for row in other { touched.insert(row) }
    let held = base.held(dataset.name)
    try lookUp(dataset, fields, shape, touched, since: { base.known($0, of: dataset.name) }) { change in
      change.isHeld = held.contains(change.id)
      change.isSure = base.isSure(change.id, of: dataset.name)
      try body(change)
    }
  }

  /// Visits the rows of a dataset that a receiver may hold and that a full package does not: those of its ledger. Those of which nothing
  /// is kept any more are visited without a version.
  package func forEachGone(
    _ dataset: Dataset, _ fields: [Int], since base: PackageBase, besides ledger: PackageLedger, _ body: (Change) throws -> Void
  ) throws {
    guard let shape = try shape(dataset) else { return }
    var rows = base.held(dataset.name)
    ledger.kept[dataset.name]?.forEach { rows.remove($0) }
    for behind in ledger.behind where behind.dataset.utf8.elementsEqual(dataset.name.utf8) { rows.remove(behind.id) }
    try lookUp(dataset, fields, shape, rows, since: { base.known($0, of: dataset.name) }) { change in
      change.isHeld = true
      try body(change)
    }
  }

  /// Visits rows of a dataset by their numbers, as they stand now and stood before, for a receiver that may hold them.
  package func forEach(_ dataset: Dataset, _ fields: [Int], ids: [Int64], _ body: (Change) throws -> Void) throws {
    guard let shape = try shape(dataset) else { return }
    var rows = RowSet()
    for id in ids { rows.insert(id) }
    try lookUp(dataset, fields, shape, rows, since: { _ in 0 }) { change in
      change.isHeld = true
      try body(change)
    }
  }

  /// Visits former versions, ended behind a batch, of some rows of a dataset, and closed ones as they are.
  package func forEachFormer(
    _ dataset: Dataset, _ fields: [Int], ids: Set<Int64>, since batch: Int, _ body: (Rows) throws -> Void
  ) throws {
    guard let shape = try shape(dataset) else { return }
    var rows = RowSet()
    let ended = try Int64.fetchCursor(
      db,
      sql: """
        SELECT _id FROM \(shape.history) WHERE _superseded_by > ?1
        UNION ALL SELECT id FROM closing WHERE dataset = ?2 AND batch > ?1
        """, arguments: [batch, dataset.name])
    while let id = try ended.next() { if ids.contains(id) { rows.insert(id) } }
    try lookUp(dataset, fields, shape, rows, since: { _ in batch }) { try body($0.before) }
  }

  /// The open row of a dataset that has a key, whose values are parted by `CheckedBatch.keySeparator`; none where no row has it.
  package func row(_ dataset: Dataset, _ fields: [Int], key: [UInt8]) throws -> Rows {
    var rows = Rows()
    guard let shape = try shape(dataset) else { return rows }
    let statement = try BulkStatement(
      db, "SELECT _id\(columns(fields, dataset, shape)) FROM \(shape.table) WHERE \(shape.keyMatch(dataset))", path: path)
    let values = key.split(separator: CheckedBatch.keySeparator, omittingEmptySubsequences: false)
    for (place, value) in values.enumerated() {
      if value.isEmpty {
        statement.bindNull(at: place + 1)
      } else {
        // What is stored is valid UTF-8.
        statement.bind(String(validating: value, as: UTF8.self) ?? "", at: place + 1)
      }
    }
    let closed = try closed(dataset)
    while try statement.step() {
      let id = statement.integer(0)
      if closed.contains(id) { continue }
      for column in fields.indices { statement.append(column + 1, to: &rows.bytes, &rows.ranges) }
      rows.ids.append(id)
    }
    return rows
  }

  private func lookUp(
    _ dataset: Dataset, _ fields: [Int], _ shape: TableShape, _ rows: RowSet, since batch: (Int64) -> Int,
    _ body: (inout Change) throws -> Void
  ) throws {
    let closed = try closed(dataset)
    let columns = columns(fields, dataset, shape)
    let now = try BulkStatement(db, "SELECT _id\(columns) FROM \(shape.table) WHERE _id = ?", path: path)
    let before = try BulkStatement(
      db,
      "SELECT _id\(columns) FROM \(shape.history) WHERE _id = ? AND _superseded_by > ? ORDER BY _superseded_by DESC, _version DESC",
      path: path)
    var change = Change()
    try rows.forEach { id in
      change.id = id
      try Self.read(now, id, width: fields.count, into: &change.now)
      if closed.contains(id) {
        // What is closed is as it was before, for whoever must be told that it is gone.
        change.before = change.now
        change.now = Rows()
      } else {
        change.before = Rows()
      }
      before.bind(Int64(batch(id)), at: 2)
      try Self.read(before, id, width: fields.count, into: &change.before, keeps: true)
      try body(&change)
    }
  }

  private static func read(
    _ statement: borrowing BulkStatement, _ id: Int64, width: Int, into rows: inout Rows, keeps: Bool = false
  ) throws(WarehouseError) {
    if !keeps { rows = Rows() }
    statement.bind(id, at: 1)
    while try statement.step() {
      for column in 0..<width { statement.append(column + 1, to: &rows.bytes, &rows.ranges) }
      rows.ids.append(id)
    }
    statement.reset()
  }

  private func columns(_ fields: [Int], _ dataset: Dataset, _ shape: TableShape) -> String {
    fields.map { ", " + shape.selected(dataset.fields[$0].name) }.joined()
  }

  private func shape(_ dataset: Dataset) throws -> TableShape? { try DatasetTable.stored(db, dataset.name, path: path) }

  func closed(_ dataset: Dataset) throws -> RowSet {
    if let known = closed[dataset.name] { return known }
    let rows = try Closings.closed(db, dataset.name)
    closed[dataset.name] = rows
    return rows
  }
}
