import ElementCore

/// The SM3 digest (GB/T 32905-2016) of bytes that come piece by piece: 32 bytes. Provinces name it beside SHA-256.
package struct SM3: Sendable {
  private var state: [8 of UInt32] = [
    0x7380_166F, 0x4914_B2B9, 0x1724_42D7, 0xDA8A_0600, 0xA96F_30BC, 0x1631_38AA, 0xE38D_EE4D, 0xB0FB_0E4E,
  ]
  /// What came and fills no block yet: fewer than 64 bytes.
  private var rest: [UInt8] = []
  private var size = 0
  /// The words of a block: an array, since one in line is copied for every look.
  private var words = [UInt32](repeating: 0, count: 68)

  /// The constant of a round, turned as the round asks (5.3.3).
  private static func constant(_ round: Int) -> UInt32 { turn(round < 16 ? 0x79CC_4519 : 0x7A87_9D8A, UInt32(round & 31)) }

  /// A digest of nothing yet.
  package init() {}

  /// Takes more bytes in.
  package mutating func update(_ bytes: Span<UInt8>) {
    size += bytes.count
    var place = 0
    if !rest.isEmpty {
      place = min(64 - rest.count, bytes.count)
      rest.append(span: bytes.extracting(0..<place))
      guard rest.count == 64 else { return }
      let block = rest
      compress(block.span)
      rest.removeAll(keepingCapacity: true)
    }
    while place + 64 <= bytes.count {
      compress(bytes.extracting(place..<place + 64))
      place += 64
    }
    rest.append(span: bytes.extracting(place..<bytes.count))
  }

  /// The digest of all that came.
  package consuming func finalize() -> [UInt8] {
    let bits = UInt64(size) * 8
    var end: [UInt8] = [0x80]
    end += [UInt8](repeating: 0, count: (119 - rest.count) % 64)
    for place in 0..<8 { end.append(UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * place))) }
    update(end.span)
    var out: [UInt8] = []
    for index in state.indices {
      for place in 0..<4 { out.append(UInt8(truncatingIfNeeded: state[index] >> UInt32(24 - 8 * place))) }
    }
    return out
  }

  /// Takes one block of 64 bytes in (5.3).
  private mutating func compress(_ block: Span<UInt8>) {
    expand(block)
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for round in 0..<64 {
      let turned = Self.turn(a, 12)
      let first = Self.turn(turned &+ e &+ Self.constant(round), 7)
      let second = first ^ turned
      let (choice, majority) =
        round < 16 ? (e ^ f ^ g, a ^ b ^ c) : ((e & f) | (~e & g), (a & b) | (a & c) | (b & c))
      let left = majority &+ d &+ second &+ (words[round] ^ words[round + 4])
      let right = choice &+ h &+ first &+ words[round]
      (d, c, b, a) = (c, Self.turn(b, 9), a, left)
      (h, g, f, e) = (g, Self.turn(f, 19), e, right ^ Self.turn(right, 9) ^ Self.turn(right, 17))
    }
    let ends: [8 of UInt32] = [a, b, c, d, e, f, g, h]
    for index in state.indices { state[index] ^= ends[index] }
  }

  /// The 68 words of a block (5.3.2).
  private mutating func expand(_ block: Span<UInt8>) {
    for index in 0..<16 {
      let place = 4 * index
      words[index] =
        UInt32(block[place]) << 24 | UInt32(block[place + 1]) << 16 | UInt32(block[place + 2]) << 8
        | UInt32(block[place + 3])
    }
    for index in 16..<68 {
      let mixed = words[index - 16] ^ words[index - 9] ^ Self.turn(words[index - 3], 15)
      words[index] =
        mixed ^ Self.turn(mixed, 15) ^ Self.turn(mixed, 23) ^ Self.turn(words[index - 13], 7) ^ words[index - 6]
    }
  }

  private static func turn(_ word: UInt32, _ count: UInt32) -> UInt32 { word &<< count | word &>> ((32 &- count) & 31) }
}
