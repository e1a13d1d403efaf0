import ElementCore
import GRDB

/// The rows of a dataset as linkage reads them, some at a time, in the order of their numbers.
package struct LinkageScan: Sendable {
  /// Some rows.
  package struct Rows: Sendable {
    /// Their numbers.
    package let ids: [Int64]
    /// The batches that wrote them as they are.
    package let batches: [Int64]
    /// Their values, one behind another.
    package let bytes: [UInt8]
    fileprivate let ranges: [FieldRange]
    fileprivate let places: [Int?]
    fileprivate let width: Int

    /// The value of a row, by its place from 0, in a field of the dataset; nothing for a field that was not asked for.
    package func value(_ row: Int, _ field: Int) -> ArraySlice<UInt8> {
      guard let place = places[field] else { return [] }
      return bytes[ranges[row * width + place].indices]
    }
  }

  private let scan: StoredRowScan
  private let places: [Int?]
  private let width: Int

  /// A scan of what a statement gives: number, batch, and a value for each of `places` that is not nil.
  init(_ scan: StoredRowScan, places: [Int?], width: Int) { (self.scan, self.places, self.width) = (scan, places, width) }

  /// The next rows; nil behind the last.
  package func next() throws(WarehouseError) -> Rows? {
    try scan.next().map {
      Rows(
        ids: $0.ids, batches: $0.hashes.map { Int64(bitPattern: $0) }, bytes: $0.bytes, ranges: $0.ranges, places: places,
        width: width)
    }
  }
}
