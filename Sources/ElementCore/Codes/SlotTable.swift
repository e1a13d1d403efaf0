/// A hash table of fixed-size slots in one array: no reference, no box, a few bytes more than what is kept.
///
/// A slot is `stride` words of 32 bits: 58 bits of the hash and six of its owner's in the first two, then what its owner keeps.
/// The third word of a used slot is never zero. The upper six bits of the hash are not kept: they follow from where the slot
/// lies, because none lies further than a region (an 128th of the table) from where the search for it begins.
@usableFromInline
package struct SlotTable: Sendable {
  /// The number of regions: one for each of the upper seven bits of a hash.
  @usableFromInline static var regionCount: Int { 128 }
  /// The words of a slot.
  @usableFromInline let stride: Int
  /// All slots, one behind another.
  @usableFromInline var words: [UInt32]
  /// The number of slots, a multiple of that of regions.
  @usableFromInline var capacity: Int
  /// The slots of a region.
  @inlinable var regionSize: Int { capacity / Self.regionCount }
  /// The number of used slots.
  @usableFromInline package internal(set) var count = 0
  /// What `warm` saw.
  @usableFromInline var warmth: UInt32 = 0

  /// A table for so many entries; it grows where there are more.
  ///
  /// It has a fifteenth for room, which costs the last searches many steps; a third where it is to be `roomy`.
  package init(stride: Int, expected: Int, isRoomy: Bool = false) {
    self.stride = stride
    capacity = Self.capacity(expected + expected / (isRoomy ? 3 : 15))
    words = [UInt32](zerosInLargePages: capacity * stride)
  }

  /// The capacity for so many slots: whole slots for every region, and enough of them to lie apart.
  private static func capacity(_ least: Int) -> Int { max(8, (least + regionCount - 1) / regionCount) * regionCount }

  /// A word of a slot, from the third on.
  @inlinable
  package subscript(slot: Int, word: Int) -> UInt32 {
    get { words[slot * stride + word] }
    set { words[slot * stride + word] = newValue }
  }

  /// The six bits of a slot beside its hash.
  @inlinable
  package subscript(spare slot: Int) -> UInt32 {
    get { words[slot * stride] & 63 }
    set { words[slot * stride] = words[slot * stride] & ~63 | newValue & 63 }
  }

  /// The hash of a used slot.
  package func hash(_ slot: Int) -> UInt64 {
    let kept = (UInt64(words[slot * stride]) | UInt64(words[slot * stride + 1]) << 32) >> 6
    // Its search began in this region or in the one before, and the lowest bit of that one's number is kept.
    let region = slot / regionSize
    let first = UInt64(region) & 1 == kept >> 57 ? region : (region + Self.regionCount - 1) % Self.regionCount
    return UInt64(first >> 1) << 58 | kept
  }

  /// The slot of a hash, and whether it is new: its owner fills it then.
  @inlinable
  package mutating func slot(_ hash: UInt64) -> (slot: Int, isNew: Bool) {
    if (count + 1) * 100 > capacity * 96 { grow() }
    while true {
      let (slot, isFound) = search(hash)
      if isFound { return (slot, false) }
      if slot >= 0 {
        count += 1
        words[slot * stride] = UInt32(truncatingIfNeeded: hash << 6)
        words[slot * stride + 1] = UInt32(truncatingIfNeeded: hash >> 26)
        return (slot, true)
      }
      grow()
    }
  }

  /// Looks at the slots of many hashes ahead of their use: the misses of the cache overlap then, and do not come one by one.
  ///
  /// No branch depends on what it sees, so that the processor waits for none of it; what it saw is kept, because a loop without a
  /// result would be dropped.
  @inlinable
  package mutating func warm(_ hashes: Span<UInt64>) {
    var seen: UInt32 = 0
    for index in hashes.indices { seen ^= words[home(hashes[index]) &* stride &+ 2] }
    warmth ^= seen
  }

  /// The used slots, in no order that means anything.
  @inlinable
  package var usedSlots: some Sequence<Int> { (0..<capacity).lazy.filter { words[$0 * stride + 2] != 0 } }

  /// The slot of a hash; nil where it has none.
  @inlinable
  package func find(_ hash: UInt64) -> Int? {
    let (slot, isFound) = search(hash)
    return isFound ? slot : nil
  }

  /// The slot that a hash has, or else the one that it would have: below zero where none is near enough.
  @inlinable @inline(__always)
  func search(_ hash: UInt64) -> (slot: Int, isFound: Bool) {
    var slot = home(hash)
    let (low, high) = (UInt32(truncatingIfNeeded: hash << 6), UInt32(truncatingIfNeeded: hash >> 26))
    for _ in 1..<regionSize {
      let start = slot * stride
      if words[start + 2] == 0 { return (slot, false) }
      if words[start + 1] == high, words[start] & ~63 == low { return (slot, true) }
      slot = slot + 1 == capacity ? 0 : slot + 1
    }
    return (-1, false)
  }

  /// Where the search for a hash begins: its upper half spread over the slots; its lower half tells neighbours apart.
  @inlinable @inline(__always)
  func home(_ hash: UInt64) -> Int { Int(((hash >> 32) * UInt64(capacity)) >> 32) }

  /// Makes the table half as large again.
  @usableFromInline
  mutating func grow() {
    let old = self
    capacity = Self.capacity(capacity + capacity / 2)
    words = [UInt32](zerosInLargePages: capacity * stride)
    count = 0
    for slot in old.usedSlots {
      let place = self.slot(old.hash(slot)).slot
      self[spare: place] = old[spare: slot]
      for word in 2..<stride { self[place, word] = old[slot, word] }
    }
  }
}
