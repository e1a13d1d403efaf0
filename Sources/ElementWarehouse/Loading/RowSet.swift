/// A set of rows by their numbers, a bit each: as bytes, the row of number n is bit n % 8 (the least first) of byte n / 8.
struct RowSet: Sendable {
  /// The bytes; there may be zeros behind the last row.
  private(set) var bytes: [UInt8] = []

  /// No rows.
  init() {}

  /// The rows of a set as bytes.
  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Whether it has no rows.
  var isEmpty: Bool { bytes.isEmpty }

  /// Adds a row.
  mutating func insert(_ row: Int64) {
    let place = Int(row >> 3)
    if place >= bytes.count { bytes += repeatElement(0, count: max(place + 1, bytes.count * 2) - bytes.count) }
    bytes[place] |= 1 << UInt8(row & 7)
  }

  /// Takes a row out.
  mutating func remove(_ row: Int64) {
    let place = Int(row >> 3)
    if place < bytes.count { bytes[place] &= ~(1 << UInt8(row & 7)) }
  }

  /// Adds the rows of another set.
  mutating func formUnion(_ other: RowSet) {
    if other.bytes.count > bytes.count { bytes += repeatElement(0, count: other.bytes.count - bytes.count) }
    for place in other.bytes.indices { bytes[place] |= other.bytes[place] }
  }

  /// Visits the rows, ascending.
  func forEach(_ body: (Int64) throws -> Void) rethrows {
    for (place, byte) in bytes.enumerated() where byte != 0 {
      for bit in 0..<8 where byte & 1 << UInt8(bit) != 0 { try body(Int64(place << 3 | bit)) }
    }
  }

  /// Whether a row is one of it.
  func contains(_ row: Int64) -> Bool {
    let place = Int(row >> 3)
    return place < bytes.count && bytes[place] & 1 << UInt8(row & 7) != 0
  }

  /// The bytes without the zeros behind the last row.
  var packed: [UInt8] { Array(bytes.prefix((bytes.lastIndex { $0 != 0 } ?? -1) + 1)) }
}
