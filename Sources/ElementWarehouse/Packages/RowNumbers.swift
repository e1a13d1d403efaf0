/// The numbers of rows in their order, as bytes: each the difference from the one before it, seven bits a byte, the lowest first, negative ones
/// odd. A package of a million rows takes a megabyte.
struct RowNumbers: Sendable {
  /// As the warehouse keeps them.
  private(set) var bytes: [UInt8] = []
  private var last: Int64 = 0

  /// No rows.
  init() {}

  /// The rows that bytes say.
  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Adds a row behind the others.
  mutating func append(_ row: Int64) {
    let difference = row &- last
    last = row
    var left = UInt64(bitPattern: difference << 1 ^ difference >> 63)
    while left > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: left) | 0x80)
      left >>= 7
    }
    bytes.append(UInt8(left))
  }

  /// All rows, in their order.
  var all: [Int64] {
    var (rows, row, word, shift): ([Int64], Int64, UInt64, UInt64) = ([], 0, 0, 0)
    for byte in bytes {
      word |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 != 0 {
        // More than ten bytes are no number of a row.
        shift = min(shift + 7, 63)
        continue
      }
      row &+= Int64(bitPattern: word >> 1) ^ -Int64(bitPattern: word & 1)
      rows.append(row)
      (word, shift) = (0, 0)
    }
    return rows
  }
}
