/// How often values stand, by their hashes: those that stand often enough to be worth knowing.
struct ValueCounts: Sendable {
  /// Hash above, count below; 0 for a free slot. A power of two.
  private var slots: [UInt64]
  /// The least count that is known.
  let least: Int
  /// The sum of the squares of all counts, and of the counts: how often two values taken by chance are the same.
  private(set) var squares = 0.0
  private(set) var total = 0.0

  /// Counts hashes, none of them 0; counts below `least` are not kept.
  init(_ hashes: consuming [UInt32], least: Int) {
    self.least = least
    hashes.sort()
    var kept: [UInt64] = []
    var start = 0
    while start < hashes.count {
      var end = start + 1
      while end < hashes.count, hashes[end] == hashes[start] { end += 1 }
      let count = end - start
      squares += Double(count) * Double(count)
      total += Double(count)
      if count >= least { kept.append(UInt64(hashes[start]) << 32 | UInt64(UInt32(truncatingIfNeeded: count))) }
      start = end
    }
    var size = 16
    while size < kept.count * 2 { size *= 2 }
    slots = [UInt64](repeating: 0, count: size)
    for entry in kept {
      var place = Self.slot(UInt32(entry >> 32), size)
      while slots[place] != 0 { place = (place + 1) & (size - 1) }
      slots[place] = entry
    }
  }

  /// How often a value stands; 0 where that is less than what is kept.
  func count(_ hash: UInt32) -> Int {
    var place = Self.slot(hash, slots.count)
    while slots[place] != 0 {
      if slots[place] >> 32 == UInt64(hash) { return Int(slots[place] & 0xFFFF_FFFF) }
      place = (place + 1) & (slots.count - 1)
    }
    return 0
  }

  /// How often the value stands that one would meet by chance, in the mean.
  var mean: Double { total == 0 ? 1 : squares / total }

  private static func slot(_ hash: UInt32, _ size: Int) -> Int { Int(hash &* 2_654_435_761 >> 7) & (size - 1) }
}
