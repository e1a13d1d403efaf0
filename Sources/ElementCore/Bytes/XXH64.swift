/// XXH64, the 64-bit hash of row content and keys; its published vectors are tests.
///
/// Bytes are fed piece by piece and hashed as if they stood in a row: nothing is copied together for it.
package struct XXH64: Sendable {
  private static var p1: UInt64 { 0x9E37_79B1_85EB_CA87 }
  private static var p2: UInt64 { 0xC2B2_AE3D_27D4_EB4F }
  private static var p3: UInt64 { 0x1656_67B1_9E37_79F9 }
  private static var p4: UInt64 { 0x85EB_CA77_C2B2_AE63 }
  private static var p5: UInt64 { 0x27D4_EB2F_1656_67C5 }

  private let seed: UInt64
  private var lanes: (UInt64, UInt64, UInt64, UInt64)
  /// Whole words of a stripe that is not full yet; `wordCount` of them count.
  private var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
  private var wordCount = 0
  /// Bytes of a word that is not full yet, the first one least; `partialCount` of them count.
  private var partial: UInt64 = 0
  private var partialCount = 0
  private var total = 0

  /// A hash of nothing yet, under a seed.
  package init(seed: UInt64 = 0) {
    self.seed = seed
    lanes = (seed &+ Self.p1 &+ Self.p2, seed &+ Self.p2, seed, seed &- Self.p1)
  }

  /// The hash of the bytes under a seed.
  package static func hash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    var state = XXH64(seed: seed)
    state.update(bytes, 0..<bytes.count)
    return state.digest
  }

  /// Feeds the bytes of `range` (from 0); spare bytes of the span behind the range make it faster.
  package mutating func update(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var index = range.lowerBound
    let wordsEnd = range.upperBound - 8
    while index <= wordsEnd {
      feed(bytes.word(at: index), count: 8)
      index += 8
    }
    let rest = range.upperBound - index
    if rest > 0 { feed(bytes.word(at: index, count: rest), count: rest) }
  }

  /// Feeds the low `count` (1 to 8) bytes of a word, whose other bytes are zero.
  @inline(__always)
  package mutating func feed(_ word: UInt64, count: Int) {
    total += count
    // `<<` beyond the width gives zero, as it must where nothing is pending.
    partial |= word << UInt64(partialCount * 8)
    let filled = partialCount + count
    if filled < 8 {
      partialCount = filled
      return
    }
    push(partial)
    partialCount = filled - 8
    partial = partialCount == 0 ? 0 : word >> UInt64((count - partialCount) * 8)
  }

  @inline(__always)
  private mutating func push(_ word: UInt64) {
    switch wordCount {
    case 0: words.0 = word
    case 1: words.1 = word
    case 2: words.2 = word
    default:
      lanes.0 = Self.round(lanes.0, words.0)
      lanes.1 = Self.round(lanes.1, words.1)
      lanes.2 = Self.round(lanes.2, words.2)
      lanes.3 = Self.round(lanes.3, word)
    }
    wordCount = (wordCount + 1) & 3
  }

  /// The hash of what was fed.
  package var digest: UInt64 {
    var hash = total >= 32 ? merged : seed &+ Self.p5
    hash &+= UInt64(total)
    if wordCount > 0 { hash = Self.mix(hash, words.0) }
    if wordCount > 1 { hash = Self.mix(hash, words.1) }
    if wordCount > 2 { hash = Self.mix(hash, words.2) }
    var rest = partial
    var left = partialCount
    if left >= 4 {
      hash ^= (rest & 0xFFFF_FFFF) &* Self.p1
      hash = Self.rotate(hash, 23) &* Self.p2 &+ Self.p3
      rest >>= 32
      left -= 4
    }
    while left > 0 {
      hash ^= (rest & 0xFF) &* Self.p5
      hash = Self.rotate(hash, 11) &* Self.p1
      rest >>= 8
      left -= 1
    }
    hash = (hash ^ hash >> 33) &* Self.p2
    hash = (hash ^ hash >> 29) &* Self.p3
    return hash ^ hash >> 32
  }

  private var merged: UInt64 {
    var hash = Self.rotate(lanes.0, 1) &+ Self.rotate(lanes.1, 7) &+ Self.rotate(lanes.2, 12) &+ Self.rotate(lanes.3, 18)
    hash = Self.merge(hash, lanes.0)
    hash = Self.merge(hash, lanes.1)
    hash = Self.merge(hash, lanes.2)
    return Self.merge(hash, lanes.3)
  }

  private static func merge(_ hash: UInt64, _ lane: UInt64) -> UInt64 { (hash ^ round(0, lane)) &* p1 &+ p4 }

  private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 { rotate(hash ^ round(0, word), 27) &* p1 &+ p4 }

  @inline(__always)
  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 { rotate(lane &+ input &* p2, 31) &* p1 }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 { value &<< count | value &>> (64 &- count) }
}
