import ElementCore
import ElementSchema
import GRDB

/// The open rows of a dataset as objects of work lists, but those that say themselves that they ended.
struct ObjectRows {
  private let db: Database
  private let path: String
  private let dataset: Dataset
  private let shape: TableShape
  private let today: CalendarDate

  /// A row as it is read.
  struct Object {
    /// Its number.
    let id: Int64
    /// The batch that wrote it.
    let batch: Int
    /// By what others refer to it.
    let key: String
    /// Its name, empty for none.
    let name: String
    /// Where it is, empty where nobody said.
    let address: String
    /// Its grid code.
    let grid: String
  }

  /// The rows of a dataset; nil where it is not stored, or not by grid.
  init?(_ db: Database, _ dataset: Dataset, _ today: CalendarDate, path: String) throws {
    guard let grid = dataset.gridField, let shape = try DatasetTable.stored(db, dataset.name, path: path),
      shape.column(dataset.fields[grid].name) != nil
    else { return nil }
    (self.db, self.path, self.dataset, self.shape, self.today) = (db, path, dataset, shape, today)
  }

  /// Whether there is none.
  func isEmpty() throws -> Bool { try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM \(shape.table))") ?? true }

  /// Visits the rows by their numbers; `key` and `name` are names of fields, `until` that of one that says the last day on
  /// which a row holds, and `condition` is in SQL.
  func visit(
    key: String, name: String?, until: String? = nil, where condition: String = "1", _ body: (Object) throws -> Void
  ) throws {
    if shape.column(key) == nil { return }
    let address = dataset.fields.first { field in
      if case .text(.address) = field.type { shape.column(field.name) != nil } else { false }
    }
    let columns = [
      shape.selected(key), name.map(shape.selected) ?? "NULL", address.map { shape.selected($0.name) } ?? "NULL",
      dataset.gridField.map { shape.selected(dataset.fields[$0].name) } ?? "NULL",
    ].map { "ifnull(\($0), '')" }
    let closing = dataset.closing.flatMap { shape.column(dataset.fields[$0.field].name) == nil ? nil : $0 }
    let ending = closing.map { [$0.field] + ($0.since.map { [$0] } ?? []) } ?? []
    let ends = ending.map { ", " + shape.selected(dataset.fields[$0].name) }.joined()
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT _id, _batch, \(columns.joined(separator: ", "))\(ends) FROM \(shape.table)
        WHERE _id NOT IN (SELECT id FROM closed_row WHERE dataset = '\(dataset.name)') AND \(condition)
          AND ifnull(\(until.map(shape.selected) ?? "NULL"), '9999') >= ? ORDER BY _id
        """, arguments: [today.text])
    while let row = try rows.next() {
      let object = Object(id: row[0], batch: row[1], key: row[2], name: row[3], address: row[4], grid: row[5])
      if object.key.isEmpty || object.grid.isEmpty { continue }
      if let closing, closing.closes(Array((row[6] as String? ?? "").utf8)) {
        let since: String = ending.count > 1 ? row[7] ?? "" : ""
        if since.isEmpty || since <= today.text { continue }
      }
      try body(object)
    }
  }
}
