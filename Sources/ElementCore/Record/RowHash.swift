/// How the values of a row are hashed (`_hash`, keys, groups): each as its length in four bytes, least first, and its bytes.
///
/// Hashes that leave the run (`isKept`) are XXH64 of that; others come of the values where they stand, which takes a third fewer instructions.
package struct RowHash: Sendable {
  /// A field that may hold a value, and the bytes that the empty fields behind it take.
  struct Place {
    /// The field, from 0.
    let field: Int
    /// What tells its values from those of others.
    let tag: UInt64
    /// The bytes of the empty fields behind it.
    var zeros = 0

    /// A place for a field.
    init(field: Int) {
      self.field = field
      tag = UInt64(field + 1) &* 0x9E37_79B1_85EB_CA87
    }
  }

  /// The fields that may hold values, in the order in which they are hashed, and the bytes of the empty ones before them.
  private(set) var places: [Place] = []
  private var leading = 0
  /// The fields that a record must have.
  private var width = 0
  private let isKept: Bool
  /// The values in the form that is hashed, and room behind them: values are written 32 bytes at a time.
  private var row: [UInt8]

  /// Hashes the chosen fields (from 0), in this order; those that are `empty` in every record are not looked at.
  package init(_ fields: some Sequence<Int>, empty: Set<Int> = [], isKept: Bool = true) {
    self.isKept = isKept
    for field in fields {
      width = max(width, field + 1)
      if !empty.contains(field) {
        places.append(Place(field: field))
      } else if places.isEmpty {
        leading += 4
      } else {
        places[places.count - 1].zeros += 4
      }
    }
    row = [UInt8](repeating: 0, count: 1024 + leading)
  }

  /// The hash of a record, whose ranges begin at `start` in `ranges` and point into `bytes`.
  package mutating func hash(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, from start: Int) -> UInt64 {
    let ranges = ranges.extracting(start..<start + width)
    if !isKept { return mixed(bytes, ranges) }
    while true {
      if let count = RowHash.fill(&row, bytes, ranges, places, leading) { return XXH64.hash(row.span.extracting(0..<count)) }
      row = [UInt8](repeating: 0, count: row.count * 2)
    }
  }

  /// The hashes of all records: `ranges` holds `width` ranges a record, into `bytes`.
  package mutating func hashes(_ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, width: Int, count: Int) -> [UInt64] {
    [UInt64](capacity: count) { out in
      for record in 0..<count { out.append(hash(bytes, ranges, from: record * width)) }
    }
  }

  /// Lays the values of a record out and returns how many bytes they take; nil where there is no room.
  private static func fill(
    _ row: inout [UInt8], _ bytes: Span<UInt8>, _ ranges: Span<FieldRange>, _ places: [Place], _ leading: Int
  ) -> Int? {
    // Most values are short: 32 bytes are moved whatever their length, without a branch, where that many are there.
    let limit = bytes.count - 32
    return unsafe bytes.withUnsafeBytes { bytes in
      unsafe row.withUnsafeMutableBytes { row in
        guard let base = row.baseAddress else { bug("a row without room") }
        // Where there are no bytes at all, none are read.
        let source = unsafe bytes.baseAddress ?? UnsafeRawPointer(base)
        let room = row.count - 68
        var used = leading
        for place in places {
          let range = ranges[place.field]
          let (start, end) = (Int(range.start), Int(range.end))
          precondition(start <= end && end <= bytes.count)
          let length = end &- start
          guard used &+ length &+ place.zeros <= room else { return nil }
          // SAFETY: the value lies in `bytes`; behind it and its zeros there is room for 68 bytes more in `row`: for its length,
          // and for what is stored behind the ends of both.
          let next = unsafe base + used
          unsafe next.storeBytes(of: UInt32(truncatingIfNeeded: length).littleEndian, as: UInt32.self)
          if end <= limit {
            // SAFETY: each step begins before `end`, or at it where there is no byte, and 32 bytes behind it lie in `bytes`.
            unsafe copy(source + start, length, to: next + 4)
          } else {
            unsafe (next + 4).copyMemory(from: source + start, byteCount: length)
          }
          used = used &+ 4 &+ length
          if place.zeros > 0 {
            unsafe (base + used).initializeMemory(as: UInt8.self, repeating: 0, count: place.zeros)
            used = used &+ place.zeros
          }
        }
        return used
      }
    }
  }

  /// Copies bytes, 32 at a time and up to 32 too many; there must be so many, and room for them.
  @inline(__always) @unsafe
  private static func copy(_ source: UnsafeRawPointer, _ count: Int, to target: UnsafeMutableRawPointer) {
    var offset = 0
    repeat {
      let part = unsafe source.loadUnaligned(fromByteOffset: offset, as: SIMD32<UInt8>.self)
      unsafe target.storeBytes(of: part, toByteOffset: offset, as: SIMD32<UInt8>.self)
      offset = offset &+ 32
    } while offset < count
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
}
