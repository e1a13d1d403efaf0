/// A hash of the parts of a key, 32 bits: two keys that share one by accident only add a pair that is then scored.
struct KeyHash {
  private var state: UInt64

  /// A hash that begins with what the key is of.
  init(_ kind: UInt64) { state = kind &* 0x9E37_79B9_7F4A_7C15 ^ 0xC2B2_AE3D_27D4_EB4F }

  /// Takes a part.
  @inline(__always)
  mutating func add(_ part: UInt64) {
    state = (state ^ part) &* 0xD6E8_FEB8_6659_FD93
    state ^= state >> 32
  }

  /// The hash of all parts.
  var value: UInt32 {
    var word = state &* 0xD6E8_FEB8_6659_FD93
    word ^= word >> 32
    return UInt32(truncatingIfNeeded: word)
  }

  /// The hash of a part.
  static func of(_ kind: UInt64, _ part: UInt64) -> UInt32 {
    var hash = KeyHash(kind)
    hash.add(part)
    return hash.value
  }

  /// The hash of two parts.
  static func of(_ kind: UInt64, _ one: UInt64, _ other: UInt64) -> UInt32 {
    var hash = KeyHash(kind)
    hash.add(one)
    hash.add(other)
    return hash.value
  }
}
