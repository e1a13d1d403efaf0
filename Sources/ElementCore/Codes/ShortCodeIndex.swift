/// Codes of up to seven bytes, each packed into one word: whether a value is one of them costs a multiplication and a look.
struct ShortCodeIndex: Sendable {
  private let slots: [UInt64]
  private let shift: UInt64

  /// An index over codes, which stand in `bytes` one behind the other; longer ones are left out.
  init(_ bytes: Span<UInt8>, _ ranges: ArraySlice<FieldRange>) {
    let keys = ranges.compactMap { Self.key(bytes, Int($0.start), $0.count) }
    var bits: UInt64 = 4
    while 1 << bits < keys.count * 2 { bits += 1 }
    shift = 64 - bits
    var slots = [UInt64](repeating: 0, count: 1 << bits)
    for key in keys {
      var slot = Int(Self.mixed(key) >> (64 - bits))
      while slots[slot] != 0, slots[slot] != key { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = key
    }
    self.slots = slots
  }

  /// Whether the bytes are one of the codes.
  func contains(_ bytes: Span<UInt8>) -> Bool { contains(bytes, 0, bytes.count) }

  /// Whether the `count` bytes from `start` (from 0) on are one of the codes.
  func contains(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Bool {
    guard let key = Self.key(bytes, start, count) else { return false }
    var slot = Int(Self.mixed(key) >> shift)
    while slots[slot] != 0 {
      if slots[slot] == key { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }

  /// The bytes and, above them, their number, so that no key is zero and none is a prefix of another.
  @inline(__always)
  private static func key(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> UInt64? {
    guard count > 0, count < 8 else { return nil }
    return bytes.word(at: start, count: count) | UInt64(count) << 56
  }

  private static func mixed(_ key: UInt64) -> UInt64 { (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15 }
}
