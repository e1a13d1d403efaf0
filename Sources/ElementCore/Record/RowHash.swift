/// How the values of a row are hashed (`_hash`, keys, groups): each as its length in four bytes, least first, and its bytes.
package struct RowHash: Sendable {
  private var state = XXH64()

  /// A hash of no values yet.
  package init() {}

  /// Feeds a value that stands at `range` in `bytes`.
  @inline(__always)
  package mutating func add(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    state.feed(UInt64(truncatingIfNeeded: range.count), count: 4)
    state.update(bytes, range)
  }

  /// The hash of the values.
  package var digest: UInt64 { state.digest }

  /// Appends a value in the form that is hashed.
  package static func append(_ value: Span<UInt8>, to row: inout [UInt8]) {
    let count = UInt32(truncatingIfNeeded: value.count)
    row.append(UInt8(truncatingIfNeeded: count))
    row.append(UInt8(truncatingIfNeeded: count >> 8))
    row.append(UInt8(truncatingIfNeeded: count >> 16))
    row.append(UInt8(truncatingIfNeeded: count >> 24))
    row.append(span: value)
  }

  /// The hashes of the chosen fields of every record: `ranges` holds `width` ranges a record, into `bytes`.
  package static func hashes(
    _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, width: Int, fields: [Int], count: Int
  ) -> [UInt64] {
    var out: [UInt64] = []
    out.reserveCapacity(count)
    for record in 0..<count {
      var hash = RowHash()
      for field in fields { hash.add(bytes, ranges[record * width + field].indices) }
      out.append(hash.digest)
    }
    return out
  }
}
