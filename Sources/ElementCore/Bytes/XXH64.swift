/// XXH64, the 64-bit hash of row content and keys; its published vectors are tests.
package enum XXH64 {
  private static let p1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let p2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let p3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let p4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let p5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// The hash of the bytes under a seed.
  package static func hash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    var index = 0
    var hash = bytes.count >= 32 ? stripes(bytes, seed, &index) : seed &+ p5
    hash &+= UInt64(bytes.count)
    while index + 8 <= bytes.count {
      hash = rotate(hash ^ round(0, bytes.word(at: index)), 27) &* p1 &+ p4
      index += 8
    }
    var rest = bytes.word(at: index, count: bytes.count - index)
    var left = bytes.count - index
    if left >= 4 {
      hash = rotate(hash ^ (rest & 0xFFFF_FFFF) &* p1, 23) &* p2 &+ p3
      rest >>= 32
      left -= 4
    }
    while left > 0 {
      hash = rotate(hash ^ (rest & 0xFF) &* p5, 11) &* p1
      rest >>= 8
      left -= 1
    }
    hash = (hash ^ hash >> 33) &* p2
    hash = (hash ^ hash >> 29) &* p3
    return hash ^ hash >> 32
  }

  private static func stripes(_ bytes: Span<UInt8>, _ seed: UInt64, _ index: inout Int) -> UInt64 {
    var (a, b, c, d) = (seed &+ p1 &+ p2, seed &+ p2, seed, seed &- p1)
    var place = 0
    while place + 32 <= bytes.count {
      let words = bytes.words(at: place)
      a = round(a, words[0])
      b = round(b, words[1])
      c = round(c, words[2])
      d = round(d, words[3])
      place += 32
    }
    index = place
    let hash = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
    return merge(merge(merge(merge(hash, a), b), c), d)
  }

  private static func merge(_ hash: UInt64, _ lane: UInt64) -> UInt64 { (hash ^ round(0, lane)) &* p1 &+ p4 }

  @inline(__always)
  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 { rotate(lane &+ input &* p2, 31) &* p1 }

  @inline(__always)
  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 { value &<< count | value &>> (64 &- count) }
}
