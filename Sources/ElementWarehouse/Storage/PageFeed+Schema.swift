import ElementSchema
import GRDB
import SQLitePages

extension PageFeed {
  /// What SQLite must be told of the pages: the table as it is, and its indexes.
  ///
  /// Nil where records copied as they are would leave something out: an index that is not ours, other columns than those of the shape,
  /// or one with a value of its own for rows that have none.
  static func schema(_ db: Database, _ shape: TableShape) throws -> PageSchema? {
    let rows = try Row.fetchAll(
      db, sql: "SELECT type, name, sql FROM main.sqlite_schema WHERE tbl_name = ?", arguments: [shape.dataset])
    let statements: [(type: String, index: PageSchema.Index)] = rows.compactMap { row in
      let (type, name, sql): (String, String, String?) = (row[0], row[1], row[2])
      return sql.map { (type, (name, $0)) }
    }
    let ours = [shape.dataset: "table", shape.dataset + "_interim": "index", shape.dataset + "_key": "index"]
    guard statements.count == rows.count, statements.allSatisfy({ ours[$0.index.name] == $0.type }),
      let table = statements.first(where: { $0.type == "table" }), try stands(db, shape)
    else { return nil }
    let indexes = statements.filter { $0.type == "index" }.map(\.index)
    return PageSchema(
      table: shape.dataset, sql: table.index.sql, keyIndex: indexes.first { $0.name == shape.dataset + "_key" },
      emptyIndexes: indexes.filter { $0.name != shape.dataset + "_key" })
  }

  /// Whether the table has just the columns of its shape, in its order.
  private static func stands(_ db: Database, _ shape: TableShape) throws -> Bool {
    let columns = try Row.fetchAll(
      db, sql: "SELECT name, type, dflt_value FROM pragma_table_info(?, 'main') ORDER BY cid", arguments: [shape.dataset])
    let names = ["_id"] + TableShape.systemColumns + shape.names
    guard columns.count == names.count else { return false }
    return zip(columns, names).allSatisfy { row, expected in
      let (name, type, value): (String, String, String?) = (row[0], row[1], row[2])
      return name == expected && value == nil && shape.column(name).map { $0.affinity == type } ?? true
    }
  }
}
