import ElementSchema
import GRDB

/// How the lives of findings of a dataset (`l`) meet the rows that they are about (`r`), in SQL: rows that wait or are gone have none.
struct LifeJoin {
  private let shape: TableShape?
  private let gridName: String?

  /// The join with the table of a dataset; with none where it is not stored.
  init(_ db: Database, _ dataset: Dataset?, path: String) throws {
    shape = try dataset.flatMap { try DatasetTable.stored(db, $0.name, path: path) }
    gridName = dataset.flatMap { dataset in dataset.gridField.map { dataset.fields[$0].name } }
  }

  /// Whether the dataset is stored.
  var isStored: Bool { shape != nil }

  /// The join itself; nothing for a dataset that is not stored.
  var clause: String { shape.map { "LEFT JOIN \($0.table) r ON r._id = l.record" } ?? "" }

  /// What a row holds in a field, by its name; NULL where the table has no such column.
  func value(_ field: String) -> String {
    guard let shape, shape.column(field) != nil else { return "NULL" }
    return "r." + TableShape.quoted(field)
  }

  /// What a row holds in a column of the warehouse's own, such as `_batch`.
  func own(_ column: String) -> String { isStored ? "r.\(column)" : "NULL" }

  /// The grid code of a row; NULL for none.
  var grid: String { gridName.map(value) ?? "NULL" }
}
