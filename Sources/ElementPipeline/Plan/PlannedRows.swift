import ElementCore
import ElementWarehouse

/// What becomes of each row of an input: half a byte a row.
struct PlannedRows {
  /// Two rows a byte, the earlier one in the lower half; 0 where an input has no such row.
  private var bytes: [UInt8] = []

  /// Says what becomes of a row (from 1), or says it anew.
  mutating func set(_ row: Int, _ action: RowAction) {
    let place = (row - 1) / 2
    if place >= bytes.count { bytes += repeatElement(0, count: place + 1 - bytes.count) }
    let isLow = row & 1 == 1
    bytes[place] = isLow ? bytes[place] & 0xF0 | action.rawValue : bytes[place] & 0x0F | action.rawValue << 4
  }

  /// What becomes of a row (from 1); nil where there is no such row.
  subscript(_ row: Int) -> RowAction? {
    let place = (row - 1) / 2
    guard place < bytes.count else { return nil }
    return RowAction(rawValue: row & 1 == 1 ? bytes[place] & 0x0F : bytes[place] >> 4)
  }

  /// Whether nothing was said of any row.
  var isEmpty: Bool { bytes.isEmpty }

  /// How many rows come to what; a row that is joined counts as a duplicate.
  var counts: RunCounts {
    var found = [Int](repeating: 0, count: 16)
    for byte in bytes {
      found[Int(byte & 0x0F)] += 1
      found[Int(byte >> 4)] += 1
    }
    func count(_ action: RowAction) -> Int { found[Int(action.rawValue)] }
    var counts = RunCounts()
    counts.read = found.dropFirst().reduce(0, +)
    (counts.created, counts.updated, counts.unchanged) = (count(.create), count(.update), count(.unchanged))
    (counts.duplicate, counts.quarantined) = (count(.duplicate) + count(.join), count(.wait))
    return counts
  }
}
