import ElementSchema
import GRDB

/// Rows with the grids that they lay in on a day, whenever that was recorded: what moved to other grids from a later day on lies in the former
/// one.
struct GridsOfDay {
  private let day: String
  private let pack: SchemaPack
  private let batch: Int?

  /// The grids of a day (`YYYY-MM-DD`), of rows behind a batch (nil for now); nil where none changed since.
  init?(_ db: Database, day: String, pack: SchemaPack, batch: Int?) throws {
    (self.day, self.pack, self.batch) = (day, pack, batch)
    let sql = "SELECT EXISTS (SELECT 1 FROM batch b WHERE b.effective > ? AND \(Self.stood(behind: batch)))"
    guard try Bool.fetchOne(db, sql: sql, arguments: [day]) == true else { return nil }
  }

  /// Whether a batch `b` stood then, as a condition in SQL.
  private static func stood(behind last: Int?) -> String {
    last.map { "b.id <= \($0) AND (b.undone_by IS NULL OR b.undone_by > \($0))" } ?? "b.undone_by IS NULL"
  }

  /// Rows of a shape out of `rows` (a table, or a query in parentheses), as a query in parentheses.
  func source(_ shape: TableShape, of rows: String) -> String {
    guard let dataset = pack.dataset(shape.dataset), let field = dataset.gridField,
      shape.column(dataset.fields[field].name) != nil
    else { return rows }
    let grid = TableShape.quoted(dataset.fields[field].name)
    let columns = shape.allColumns.map { column in
      column != grid
        ? "t.\(column)"
        : """
        iif(EXISTS (SELECT 1 FROM \(moves("t._id", shape))),
          (SELECT h.\(grid) FROM \(moves("t._id", shape)) ORDER BY h._version LIMIT 1), t.\(grid)) AS \(grid)
        """
    }
    return "(SELECT t._id, \(columns.joined(separator: ", ")) FROM \(rows) t)"
  }

  /// The versions of a row that a later move ended.
  private func moves(_ id: String, _ shape: TableShape) -> String {
    """
    \(shape.history) h JOIN batch b ON b.id = h._superseded_by
      WHERE h._id = \(id) AND b.effective > '\(day)' AND \(Self.stood(behind: batch))
    """
  }
}
