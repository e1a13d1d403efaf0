import ElementCore
import ElementSchema
import GRDB

/// The values of stored rows of a dataset as they were before a load, one row at a time.
struct StoredValues: ~Copyable {
  private let statement: BulkStatement
  let db: Database
  let shape: TableShape
  let batch: Int64

  /// The rows that stood there before a batch; 0 for all that are there. Columns are numbered as the fields of the dataset are, behind them those that the dataset has no field for, and last what was
  /// derived.
  init(_ db: Database, _ dataset: Dataset, _ shape: TableShape, before batch: Int64, path: String) throws {
    (self.db, self.shape, self.batch) = (db, shape, batch)
    let names = dataset.fields.map { shape.selected($0.name) }
    let kept = shape.kept(beside: dataset).map { TableShape.quoted($0.name) }
    let columns = (names + kept + ["_derived"]).joined(separator: ", ")
    statement = try unsafe BulkStatement(
      db.sqliteConnection,
      """
      SELECT \(columns) FROM \(shape.table) WHERE _id = ?1 AND _batch <> ?2
      UNION ALL SELECT \(columns) FROM \(shape.history) WHERE _id = ?1 AND _superseded_by = ?2
      """, path: path)
    statement.bind(batch, at: 2)
  }

  /// What a field of the row of a number was before it followed from others: its value in the last version that states it; nil where none does.
  func lastStated(_ field: Int, _ name: String, _ id: Int64) throws -> [UInt8]? {
    guard shape.column(name) != nil else { return nil }
    let column = TableShape.quoted(name)
    return try String.fetchOne(
      db,
      sql: """
        SELECT CAST(\(column) AS TEXT) FROM \(shape.history)
        WHERE _id = ? AND _superseded_by <> ? AND instr(',' || ifnull(_derived, '') || ',', ?) = 0
          AND _batch NOT IN (SELECT id FROM batch WHERE state = 'undone') ORDER BY _version DESC LIMIT 1
        """, arguments: [id, batch, ",\(name),"]
    ).map { Array($0.utf8) }
  }

  /// Some values, by their columns, of the row of a number, which is there.
  func values(of columns: [Int], _ id: Int64) throws -> [Int: [UInt8]] {
    var values: [Int: [UInt8]] = [:]
    statement.bind(id, at: 1)
    defer { statement.reset() }
    guard try statement.step() else { bug("a row that was found is not there") }
    for column in columns {
      var value: [UInt8] = []
      statement.append(column, to: &value)
      values[column] = value
    }
    return values
  }
}
