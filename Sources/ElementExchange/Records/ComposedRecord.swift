package import ElementCore

/// A record as the target has it: its values one behind the other. One is filled again and again.
package struct ComposedRecord: Sendable {
  /// The values.
  package private(set) var bytes: [UInt8] = []
  /// Where each stands, in the order of the columns.
  package private(set) var values: [FieldRange] = []

  /// A record without values.
  package init() {}

  /// Takes all values away.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// Adds a value that `body` writes; false where it says so.
  mutating func add(_ body: (inout [UInt8]) -> Bool) -> Bool {
    let start = bytes.count
    let fits = body(&bytes)
    values.append(FieldRange(start, bytes.count))
    return fits
  }

  /// Adds bytes as they are, as the next column.
  mutating func add(_ value: Span<UInt8>) {
    let start = bytes.count
    bytes.append(span: value)
    values.append(FieldRange(start, bytes.count))
  }

  /// A value, by its column from 0.
  package func value(_ column: Int) -> [UInt8] { Array(bytes[values[column].indices]) }
}
