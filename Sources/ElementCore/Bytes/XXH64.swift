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
      hash ^= round(0, word(bytes, index))
      hash = rotate(hash, 27) &* p1 &+ p4
      index += 8
    }
    if index + 4 <= bytes.count {
      hash ^= half(bytes, index) &* p1
      hash = rotate(hash, 23) &* p2 &+ p3
      index += 4
    }
    while index < bytes.count {
      hash ^= UInt64(bytes[index]) &* p5
      hash = rotate(hash, 11) &* p1
      index += 1
    }
    hash = (hash ^ hash >> 33) &* p2
    hash = (hash ^ hash >> 29) &* p3
    return hash ^ hash >> 32
  }

  private static func stripes(_ bytes: Span<UInt8>, _ seed: UInt64, _ index: inout Int) -> UInt64 {
    var (a, b, c, d) = (seed &+ p1 &+ p2, seed &+ p2, seed, seed &- p1)
    while index + 32 <= bytes.count {
      a = round(a, word(bytes, index))
      b = round(b, word(bytes, index + 8))
      c = round(c, word(bytes, index + 16))
      d = round(d, word(bytes, index + 24))
      index += 32
    }
    var hash = rotate(a, 1) &+ rotate(b, 7) &+ rotate(c, 12) &+ rotate(d, 18)
    for lane in [a, b, c, d] { hash = (hash ^ round(0, lane)) &* p1 &+ p4 }
    return hash
  }

  private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 { rotate(lane &+ input &* p2, 31) &* p1 }

  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 { value << count | value >> (64 - count) }

  private static func half(_ bytes: Span<UInt8>, _ index: Int) -> UInt64 {
    UInt64(bytes[index]) | UInt64(bytes[index + 1]) << 8 | UInt64(bytes[index + 2]) << 16 | UInt64(bytes[index + 3]) << 24
  }

  private static func word(_ bytes: Span<UInt8>, _ index: Int) -> UInt64 {
    half(bytes, index) | half(bytes, index + 4) << 32
  }
}
