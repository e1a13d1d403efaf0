/// A table as the schema of its database says it is, with its indexes, in the words that made them.
package struct PageSchema: Sendable {
  /// An index by its name and the statement that made it.
  package typealias Index = (name: String, sql: String)
  /// The name of the table.
  package let table: String
  /// The statement that made it.
  package let sql: String
  /// The index that may be copied whole; nil where there is none.
  package let keyIndex: Index?
  /// The indexes that stay empty: those that leave out every row that goes in as pages.
  package let emptyIndexes: [Index]

  /// What its own statements made; none of the `emptyIndexes` may take a row that goes in as pages.
  package init(table: String, sql: String, keyIndex: Index? = nil, emptyIndexes: [Index] = []) {
    (self.table, self.sql, self.keyIndex, self.emptyIndexes) = (table, sql, keyIndex, emptyIndexes)
  }

  /// A row of the list of tables (the format's section 2.6).
  typealias Entry = (type: String, name: String, table: String, root: Int, sql: String)

  /// The rows of the list, where the first of the table's three roots has this number.
  func entries(root: Int) -> [Entry] {
    let key = keyIndex.map { [("index", $0.name, table, root + 2, $0.sql)] } ?? []
    return [("table", table, table, root, sql)] + key + emptyIndexes.map { ("index", $0.name, table, root + 1, $0.sql) }
  }
}
