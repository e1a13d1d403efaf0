/// How the values of a row are hashed (`_hash`, keys, groups): each as its length in four bytes, least first, and its bytes.
package struct RowHash: Sendable {
  /// The values in the form that is hashed, and room behind them: values are written 32 bytes at a time.
  private var row = [UInt8](repeating: 0, count: 1024)

  /// Room to hash rows in.
  package init() {}

  /// The hash of the chosen fields of a record, whose ranges begin at `start` in `ranges` and point into `bytes`.
  package mutating func hash(
    _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, from start: Int, _ fields: Span<Int>
  ) -> UInt64 {
    var wanted = 32
    for place in fields.indices { wanted += 4 + ranges[start + fields[place]].count }
    makeRoom(wanted)
    let count = fill(bytes, fields.count) { ranges[start + fields[$0]] }
    return XXH64.hash(row.span.extracting(0..<count))
  }

  /// The hash of all fields of a record, whose ranges point into `bytes`.
  package mutating func hash(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>) -> UInt64 {
    var wanted = 32 + 4 * ranges.count
    for place in ranges.indices { wanted += ranges[place].count }
    makeRoom(wanted)
    let count = fill(bytes, ranges.count) { ranges[$0] }
    return XXH64.hash(row.span.extracting(0..<count))
  }

  private mutating func makeRoom(_ wanted: Int) {
    if wanted > row.count { row = [UInt8](repeating: 0, count: wanted * 2) }
  }

  /// Lays `count` values out, for which there must be room, and 32 bytes more, and returns how many bytes they take.
  @inline(__always)
  private mutating func fill(_ bytes: Span<UInt8>, _ count: Int, _ range: (Int) -> FieldRange) -> Int {
    // Most values are short: 32 bytes are moved whatever their length, without a branch, where that many are there; the last
    // values of a batch go byte by byte.
    let limit = bytes.count - 32
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe row.withUnsafeMutableBytes { row in
        guard let base = row.baseAddress else { bug("a row without room") }
        var next = unsafe base
        for place in 0..<count {
          let range = range(place)
          let (start, length) = (Int(range.start), range.count)
          precondition(length >= 0 && Int(range.end) <= bytes.count)
          // SAFETY: the callers made room for the lengths and values of these fields and 32 bytes more.
          unsafe next.storeBytes(of: UInt32(truncatingIfNeeded: length).littleEndian, as: UInt32.self)
          unsafe next += 4
          var offset = 0
          if start <= limit {
            // SAFETY: 32 bytes from each place lie in `bytes`, and at most 32 are stored behind the value.
            repeat {
              let part = unsafe bytes.loadUnaligned(fromByteOffset: start + offset, as: SIMD32<UInt8>.self)
              unsafe next.storeBytes(of: part, toByteOffset: offset, as: SIMD32<UInt8>.self)
              offset += 32
            } while offset < length && start + offset <= limit
          }
          while offset < length {
            unsafe next.storeBytes(of: bytes[start + offset], toByteOffset: offset, as: UInt8.self)
            offset += 1
          }
          unsafe next += length
        }
        return unsafe next - base
      }
    }
  }

  /// The seal of a row: what its content's hash, batch, input and row come to together; any change of one changes it.
  package static func seal(content: UInt64, batch: Int64, input: Int64, row: Int64) -> UInt64 {
    var seal = content
    for part in [batch, input, row] {
      seal = (seal ^ UInt64(bitPattern: part)) &* 0x9E37_79B1_85EB_CA87
      seal ^= seal >> 29
    }
    return seal
  }

  /// Appends a value in the form that is hashed.
  package static func append(_ value: Span<UInt8>, to row: inout [UInt8]) {
    row.append(integer: UInt32(truncatingIfNeeded: value.count))
    row.append(span: value)
  }

  /// The hashes of the chosen fields of every record: `ranges` holds `width` ranges a record, into `bytes`.
  package static func hashes(
    _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, width: Int, fields: [Int], count: Int
  ) -> [UInt64] {
    var out: [UInt64] = []
    out.reserveCapacity(count)
    var hash = RowHash()
    for record in 0..<count { out.append(hash.hash(bytes, ranges, from: record * width, fields.span)) }
    return out
  }

  /// The hashes of all fields of every record: `ranges` holds `width` ranges a record, into `bytes`.
  package static func hashes(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, width: Int, count: Int) -> [UInt64] {
    var out: [UInt64] = []
    out.reserveCapacity(count)
    var hash = RowHash()
    for record in 0..<count { out.append(hash.hash(bytes, ranges.extracting(record * width..<(record + 1) * width))) }
    return out
  }
}
