import ElementCore

/// The stored rows of a dataset as they are read, some at a time.
///
/// Safe to send: one thread asks for rows, and the connection is not used by another until it has seen the last.
final class StoredRowScan: @unchecked Sendable {
  /// Some rows.
  struct Rows: Sendable {
    /// The values of their columns, one behind another.
    var bytes: [UInt8] = []
    /// Where each of them stands, row by row.
    var ranges: [FieldRange] = []
    /// Their numbers.
    var ids: [Int64] = []
    /// The hashes of their contents.
    var hashes: [UInt64] = []
  }

  private static let rowsAtOnce = 1_024
  private let statement: BulkStatement
  private let columns: Int
  private var isAtEnd = false

  /// Visits what a statement gives: number, hash and so many columns. Rows are read in a thread of their own, ahead of `body`.
  static func forEach(_ statement: consuming BulkStatement, columns: Int, _ body: (Rows) throws -> Void) throws {
    let scan = StoredRowScan(statement, columns: columns)
    let ahead = ReadAhead { () throws(WarehouseError) in try scan.next() }
    while let rows = try ahead.next() { try body(rows) }
  }

  /// Gives what a statement does: number, hash and so many columns.
  init(_ statement: consuming BulkStatement, columns: Int) {
    self.statement = statement
    self.columns = columns
  }

  /// The next rows; nil behind the last.
  func next() throws(WarehouseError) -> Rows? {
    var rows = Rows()
    while rows.ids.count < Self.rowsAtOnce, !isAtEnd {
      // Behind the last row a statement would begin again.
      guard try statement.step() else {
        isAtEnd = true
        break
      }
      for column in 0..<columns { statement.append(column + 2, to: &rows.bytes, &rows.ranges) }
      rows.ids.append(statement.integer(0))
      rows.hashes.append(UInt64(bitPattern: statement.integer(1)))
    }
    return rows.ids.isEmpty ? nil : rows
  }
}
