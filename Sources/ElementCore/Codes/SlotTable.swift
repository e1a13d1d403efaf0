/// A hash table of fixed-size slots in one array: no reference, no box, a few bytes more than what is kept.
///
/// A slot is `stride` words of 32 bits: the hash in the first two, then what its owner keeps. The third word of a used slot
/// is never zero.
package struct SlotTable: Sendable {
  private let stride: Int
  private var words: [UInt32]
  private var capacity: Int
  /// The number of used slots.
  package private(set) var count = 0

  /// A table for so many entries; it grows where there are more.
  package init(stride: Int, expected: Int) {
    self.stride = stride
    capacity = max(1024, expected + expected / 12)
    words = [UInt32](zerosInLargePages: capacity * stride)
  }

  /// A word of a slot.
  package subscript(slot: Int, word: Int) -> UInt32 {
    get { words[slot * stride + word] }
    set { words[slot * stride + word] = newValue }
  }

  /// The hash of a used slot.
  package func hash(_ slot: Int) -> UInt64 { UInt64(words[slot * stride]) | UInt64(words[slot * stride + 1]) << 32 }

  /// The slot of a hash, and whether it is new: its owner fills it then.
  package mutating func slot(_ hash: UInt64) -> (slot: Int, isNew: Bool) {
    if (count + 1) * 100 > capacity * 96 { grow() }
    let slot = find(hash)
    guard words[slot * stride + 2] == 0 else { return (slot, false) }
    count += 1
    words[slot * stride] = UInt32(truncatingIfNeeded: hash)
    words[slot * stride + 1] = UInt32(truncatingIfNeeded: hash >> 32)
    return (slot, true)
  }

  /// Looks at the slots of many hashes ahead of their use: the misses of the cache overlap then, and do not come one by one.
  ///
  /// Returns how many of them hold something already: a loop without a result would be dropped.
  @discardableResult
  package func warm(_ hashes: Span<UInt64>) -> Int {
    var used = 0
    for index in hashes.indices where words[home(hashes[index]) * stride + 2] != 0 { used += 1 }
    return used
  }

  /// The used slots, in no order that means anything.
  package var usedSlots: some Sequence<Int> { (0..<capacity).lazy.filter { words[$0 * stride + 2] != 0 } }

  /// The slot that a hash has, or would have; the third word tells which.
  package func find(_ hash: UInt64) -> Int {
    var slot = home(hash)
    let (low, high) = (UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32))
    while true {
      let start = slot * stride
      if words[start + 2] == 0 || (words[start] == low && words[start + 1] == high) { return slot }
      slot = slot + 1 == capacity ? 0 : slot + 1
    }
  }

  /// Where the search for a hash begins: its upper half spread over the slots; its lower half tells neighbours apart.
  @inline(__always)
  private func home(_ hash: UInt64) -> Int { Int(((hash >> 32) * UInt64(capacity)) >> 32) }

  private mutating func grow() {
    let old = words
    let oldCapacity = capacity
    capacity += capacity / 2
    words = [UInt32](zerosInLargePages: capacity * stride)
    for slot in 0..<oldCapacity where old[slot * stride + 2] != 0 {
      let hash = UInt64(old[slot * stride]) | UInt64(old[slot * stride + 1]) << 32
      let place = find(hash)
      for word in 0..<stride { words[place * stride + word] = old[slot * stride + word] }
    }
  }
}
