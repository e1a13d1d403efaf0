package import ElementCore

/// Rows of one batch for a table, as pages take them: values are ranges of common bytes, and a column says where its own come from.
package struct PageRows {
  /// What stands in a column of the table.
  package enum Column: Sendable {
    /// NULL, in so many columns one behind the other; the column of the row's number is one of them.
    case nulls(Int)
    /// The text of a value (from 0) of the record, NULL where it has no bytes.
    case text(Int)
    /// The integer that the canonical digits of a value (from 0) spell, NULL where it has no bytes.
    case digits(Int)
    /// The text of the record's note, NULL where it has no bytes.
    case note
    /// One of the row's `integers`, from 0.
    case integer(Int)
    /// The same integer in every row.
    case constant(Int64)
    /// The same text in every row: `stamp`.
    case stamp
  }

  /// The columns in the order of the table.
  package let columns: [Column]
  /// What all ranges point into.
  package let bytes: [UInt8]
  /// The values of all records, `width` each.
  package let values: [FieldRange]
  /// How many values a record has.
  package let width: Int
  /// A note of each record; none at all where no record has one.
  package let notes: [FieldRange]
  /// The text of the columns that are a `stamp`.
  package let stamp: [UInt8]
  /// The records (from 0, by their place among `values`) that are rows, in order.
  package private(set) var records: ArraySlice<Int32>
  /// Of each row of the first `records` so many integers as `integerCount`.
  package let integers: [Int64]
  /// How many integers a row has.
  package let integerCount: Int
  /// The number of the row before the first.
  package private(set) var lastRow: Int64

  /// Rows whose numbers follow `lastRow`.
  package init(
    columns: [Column], bytes: [UInt8], values: [FieldRange], width: Int, notes: [FieldRange] = [], stamp: [UInt8] = [],
    records: [Int32], integers: [Int64] = [], integerCount: Int = 0, behind lastRow: Int64
  ) {
    precondition(integers.count == records.count * integerCount, "each row has its integers")
    (self.columns, self.bytes, self.values, self.width, self.notes) = (columns, bytes, values, width, notes)
    (self.stamp, self.records, self.integers, self.integerCount) = (stamp, records[...], integers, integerCount)
    self.lastRow = lastRow
  }

  /// How many rows there are.
  package var count: Int { records.count }

  /// Takes so many rows, or all, from the front.
  package mutating func take(_ count: Int) -> PageRows {
    var own = self
    own.records = records.prefix(count)
    (records, lastRow) = (records.dropFirst(count), lastRow + Int64(own.count))
    return own
  }

  /// How many columns a table has for them.
  var columnCount: Int {
    columns.reduce(0) { sum, column in
      if case .nulls(let count) = column { sum + count } else { sum + 1 }
    }
  }
}
