/// A set of 64-bit hashes of keys: 8 bytes a key, and a sixteenth for room.
package struct KeySet: Sendable {
  private var slots: [UInt64]
  /// The number of keys.
  package private(set) var count = 0

  /// A set for so many keys; it grows where there are more.
  package init(expected: Int = 0) {
    slots = Array(repeating: 0, count: 64 + expected + expected / 16)
  }

  /// Adds the hash of a key; false where it stands already.
  @discardableResult
  package mutating func insert(_ hash: UInt64) -> Bool {
    if (count + 1) * 100 > slots.count * 96 { grow() }
    let place = find(hash)
    if slots[place] != 0 { return false }
    slots[place] = KeySet.stored(hash)
    count += 1
    return true
  }

  /// Whether the hash of a key stands in the set.
  package func contains(_ hash: UInt64) -> Bool { slots[find(hash)] != 0 }

  /// Empties the set and returns its hashes in ascending order, as `stored` gives them.
  package mutating func drain() -> [UInt64] {
    var hashes: [UInt64] = []
    swap(&hashes, &slots)
    self = KeySet()
    hashes.removeAll { $0 == 0 }
    hashes.sort()
    return hashes
  }

  /// The hash as it is kept: zero marks a free slot, so a hash of zero takes the place of one.
  package static func stored(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }

  private func find(_ hash: UInt64) -> Int {
    let wanted = KeySet.stored(hash)
    var place = Int(((wanted >> 32) * UInt64(slots.count)) >> 32)
    while slots[place] != 0, slots[place] != wanted { place = place + 1 == slots.count ? 0 : place + 1 }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count + old.count / 2)
    for hash in old where hash != 0 { slots[find(hash)] = hash }
  }
}
