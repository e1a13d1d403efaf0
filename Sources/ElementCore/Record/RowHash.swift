/// How the values of a row are hashed (`_hash`, keys, groups): each as its length in four bytes, least first, and its bytes.
package struct RowHash: Sendable {
  /// The values in the form that is hashed, and room behind them: words are written whole.
  private var row = [UInt8](repeating: 0, count: 1024)

  /// Room to hash rows in.
  package init() {}

  /// The hash of the chosen fields of a record, whose ranges begin at `start` in `ranges` and point into `bytes`.
  package mutating func hash(
    _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, from start: Int, _ fields: Span<Int>
  ) -> UInt64 {
    var wanted = 8
    for place in fields.indices { wanted += 4 + ranges[start + fields[place]].count }
    if wanted > row.count { row = [UInt8](repeating: 0, count: wanted * 2) }
    let count = fill(bytes, ranges, start, fields)
    return XXH64.hash(row.span.extracting(0..<count))
  }

  /// Lays the values out and returns how many bytes they take; words are written whole, so there is room for one behind.
  private mutating func fill(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ start: Int, _ fields: Span<Int>) -> Int {
    // Words may be read whole where they end within the bytes; the last fields of a batch take their bytes one by one.
    let wordLimit = bytes.count - 8
    return unsafe row.withUnsafeMutableBytes { row in
      guard let base = row.baseAddress else { bug("a row without room") }
      var next = unsafe base
      for place in fields.indices {
        let range = ranges[start + fields[place]]
        // SAFETY: `hash` made room for the lengths and values of these fields and for one word behind them, and a word is
        // stored at most seven bytes past the end of a value; `extracting` checks that the value lies in the bytes.
        unsafe next.storeBytes(of: UInt32(truncatingIfNeeded: range.count).littleEndian, as: UInt32.self)
        unsafe next += 4
        if range.isEmpty { continue }
        let value = bytes.extracting(range.indices)
        var offset = 0
        while offset < value.count {
          let word =
            Int(range.start) + offset <= wordLimit
            ? bytes.word(at: Int(range.start) + offset) : value.word(at: offset, count: min(8, value.count - offset))
          unsafe next.storeBytes(of: word.littleEndian, toByteOffset: offset, as: UInt64.self)
          offset += 8
        }
        unsafe next += value.count
      }
      return unsafe next - base
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
    var hash = RowHash()
    for record in 0..<count { out.append(hash.hash(bytes, ranges, from: record * width, fields.span)) }
    return out
  }
}
