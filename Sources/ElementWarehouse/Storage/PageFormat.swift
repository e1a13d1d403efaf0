/// The sizes of pages that we write, in SQLite's "Database File Format".
enum PageFormat {
  /// The size of a page: the largest there is, so that rows need no overflow pages.
  static let pageSize = 65_536
  /// The longest record that a leaf holds whole: section 1.6.
  static let recordLimit = pageSize - 35
}
