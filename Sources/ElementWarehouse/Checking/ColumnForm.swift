import ElementCore

/// The form in which the columns of a row are hashed: no change of a name, a value or a bound between them comes to the same bytes.
enum ColumnForm {
  /// Appends the name and the value of a column, each as its length in four bytes, the least first, and its bytes.
  static func append(_ name: [UInt8], _ value: [UInt8], to row: inout [UInt8]) {
    for part in [name, value] {
      row.append(integer: UInt32(truncatingIfNeeded: part.count))
      row += part
    }
  }
}
