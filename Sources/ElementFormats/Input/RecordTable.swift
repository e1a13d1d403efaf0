/// Records that a table holds instead of a file: each has a number, and came from somewhere.
package protocol RecordTable: Sendable {
  /// How many there are.
  var count: Int { get }
  /// A reader from the first record on, whose records have their numbers for offsets; `isAhead` lets it use a thread of its own. Only one
  /// reader is used at a time.
  ///
  /// - Throws: what keeps the table from being read.
  func records(isAhead: Bool) throws -> any RecordSource
  /// The number of a record that was read, by its row from 1.
  func number(ofRow row: Int) -> Int64
  /// Where a record that was read came from, by its row from 1.
  ///
  /// - Throws: what keeps that from being read.
  func origin(ofRow row: Int) throws -> RecordOrigin
}

/// From where a table has a record.
package struct RecordOrigin: Sendable, Hashable {
  /// The load that wrote it as it is, from 1.
  package let batch: Int
  /// The file, as it was given; empty for none.
  package let path: String
  /// The data row there, from 1; 0 for none.
  package let row: Int

  /// A row of a file of a load.
  package init(batch: Int, path: String, row: Int) { (self.batch, self.path, self.row) = (batch, path, row) }
}
