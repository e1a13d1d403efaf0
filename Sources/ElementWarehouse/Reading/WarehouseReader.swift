package import ElementCore
package import ElementSchema
import GRDB

/// Streams rows of a warehouse as they stand now, or stood at a moment of the past, in the order of their keys.
package struct WarehouseReader {
  private let warehouse: Warehouse
  private let selection: RowSelection
  /// The batch behind which rows are read; nil for now.
  package let batch: Int?
  /// The day whose grids rows lie in, `YYYY-MM-DD`; nil for those that were recorded last.
  private let gridsOf: String?

  /// Some rows.
  package struct Rows: Sendable {
    /// The values of the fields that were asked for, in their order, as they are stored; integers as their digits. A row's place in what is
    /// read, from 1, is its row number.
    package var records: RecordBatch
    /// Their numbers, which joins and moves keep.
    package var ids: [Int64] = []
    /// The batches that wrote them as they are.
    package var batches: [Int] = []
  }

  /// A reader of the rows that a selection means; of a moment there may be no state, which is nil. `gridsOf` is the day whose grids they lie
  /// in: figures of a day before grids changed are told by the grids of that day.
  package init?(
    _ warehouse: Warehouse, _ selection: RowSelection, at moment: PastMoment? = nil, gridsOf day: CalendarDate? = nil
  ) throws {
    (self.warehouse, self.selection, gridsOf) = (warehouse, selection, day?.text)
    guard let moment else {
      batch = nil
      return
    }
    guard let last = try warehouse.lastBatch(by: moment) else { return nil }
    batch = last
  }

  /// Visits some fields, from 0, of the rows of a dataset, a thousand rows at a time; none where it has no table. Returns how many rows were
  /// meant, and how many reach no area.
  ///
  /// - Throws: `ScopeError` where the dataset cannot have the scope, `WarehouseError`, or what `body` throws.
  package func forEach(_ dataset: Dataset, _ fields: [Int], _ body: (Rows) throws -> Void) throws -> ScopedRows {
    try translatingErrors(warehouse.path) {
      try warehouse.queue.read { db in
        let grids = try gridsOf.flatMap { try GridsOfDay(db, day: $0, pack: selection.pack, batch: batch) }
        let source = { (shape: TableShape) in
          let rows = batch.map { Warehouse.then(shape, behind: $0) } ?? shape.table
          return grids?.source(shape, of: rows) ?? rows
        }
        let meant = try selection.rows(db, of: [dataset], behind: batch, path: warehouse.path, source: source)
        guard let scope = meant[dataset.name], let shape = try DatasetTable.stored(db, dataset.name, path: warehouse.path)
        else { return ScopedRows() }
        let columns = fields.map { ", " + shape.selected(dataset.fields[$0].name) }.joined()
        let order = shape.ordered(shape.key + shape.interim)
        let statement = try BulkStatement(
          db, "SELECT _id, _batch\(columns) FROM \(source(shape)) ORDER BY \(order), _id",
          path: warehouse.path)
        var number = 0
        try StoredRowScan.forEach(statement, columns: fields.count) { found in
          let rows = Self.rows(found, scope.rows, width: fields.count, after: &number)
          if !rows.ids.isEmpty { try body(rows) }
        }
        return scope
      }
    }
  }

  /// Those of some rows that are meant, numbered behind others.
  private static func rows(_ found: StoredRowScan.Rows, _ meant: RowSet, width: Int, after number: inout Int) -> Rows {
    var rows = Rows(records: RecordBatch(bytes: found.bytes, byteBase: 0))
    for (place, id) in found.ids.enumerated() where meant.contains(id) {
      number += 1
      let first = rows.records.fields.count
      rows.records.fields += found.ranges[place * width..<(place + 1) * width]
      rows.records.spots.append(
        RecordSpot(row: number, line: 0, byteStart: 0, byteLength: 0, firstField: first, fieldCount: width, flags: []))
      rows.ids.append(id)
      // In the place of the fingerprint the batch was asked for.
      rows.batches.append(Int(truncatingIfNeeded: found.hashes[place]))
    }
    return rows
  }
}
