/// The sizes and the page numbers that we write, in SQLite's "Database File Format".
package enum PageFormat {
  /// The size of a page in bytes: the largest there is, so that rows need no overflow pages.
  package static let pageSize = 65_536
  /// The longest record that a leaf holds whole: section 1.6.
  static let recordLimit = pageSize - 35

  // Page numbers, from 1. What is fixed stands before the page that SQLite locks and never uses (section 1.3), what every batch has anew
  // behind it.

  /// The number of pages that a database claims to have: nearly as many as SQLite allows, for those that are still to come.
  static let pageCount = 0x3FFF_FFFF
  /// The page below the first one that lists all tables, or names the pages that do.
  static let schemaRoot = 2
  /// The first of the pages that list tables, where one page does not hold all.
  static let firstSchemaLeaf = 3
  /// The first of three roots of each table: its rows, its empty indexes, its key index.
  static let firstTableRoot = 10_001
  /// The first leaf of rows of all tables.
  static let firstLeaf = 0x4000_0000 / pageSize + 2
  /// The first leaf of the key index of the first table; those of the next ones stand `keyLeafCount` behind each other.
  static let firstKeyLeaf = 0x2000_0000
  /// How many leaves the key index of a table may have.
  static let keyLeafCount = 0x20_0000
  /// So many tables have room: 250 × `keyLeafCount` ends before `pageCount`.
  static let tableLimit = 250
}
