/// How the values of a row are laid out for hashing: each as its length in four bytes, least first, and its bytes.
package enum RowHash {
  /// Appends a value.
  package static func append(_ value: Span<UInt8>, to row: inout [UInt8]) {
    let count = UInt32(truncatingIfNeeded: value.count)
    row.append(UInt8(truncatingIfNeeded: count))
    row.append(UInt8(truncatingIfNeeded: count >> 8))
    row.append(UInt8(truncatingIfNeeded: count >> 16))
    row.append(UInt8(truncatingIfNeeded: count >> 24))
    row.append(span: value)
  }
}
