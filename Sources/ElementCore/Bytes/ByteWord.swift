/// Eight bytes looked at together: every answer has the high bit of each byte that it is about.
///
/// Above the first byte that an answer names, `below` and `equal` may name bytes that do not fit: look at the byte itself.
@usableFromInline
package struct ByteWord: Sendable {
  /// The bytes, the first one least.
  @usableFromInline package let bits: UInt64

  /// Eight bytes.
  @inlinable @inline(__always)
  package init(_ bits: UInt64) { self.bits = bits }

  /// The bytes ≥ 0x80.
  @inlinable @inline(__always)
  package var high: UInt64 { bits & 0x8080_8080_8080_8080 }

  /// The bytes below `limit`, which is at most 0x80.
  @inlinable @inline(__always)
  package func below(_ limit: UInt8) -> UInt64 {
    (bits &- 0x0101_0101_0101_0101 &* UInt64(limit)) & ~bits & 0x8080_8080_8080_8080
  }

  /// The bytes that are `byte`.
  @inlinable @inline(__always)
  package func equal(_ byte: UInt8) -> UInt64 {
    let other = bits ^ 0x0101_0101_0101_0101 &* UInt64(byte)
    return (other &- 0x0101_0101_0101_0101) & ~other & 0x8080_8080_8080_8080
  }

  /// Whether all eight bytes are ASCII digits.
  @inlinable @inline(__always)
  package var isDigits: Bool {
    (bits & 0xF0F0_F0F0_F0F0_F0F0) | (((bits &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) >> 4)
      == 0x3333_3333_3333_3333
  }

  /// The number that eight ASCII digits spell, the first byte first; they must be digits.
  @inlinable @inline(__always)
  package var eightDigits: Int {
    // Neighbours are joined to pairs, pairs to fours, fours to eight: three multiplications for all.
    var word = bits & 0x0F0F_0F0F_0F0F_0F0F
    word = (word &* (10 << 8 | 1)) >> 8 & 0x00FF_00FF_00FF_00FF
    word = (word &* (100 << 16 | 1)) >> 16 & 0x0000_FFFF_0000_FFFF
    word = (word &* (10_000 << 32 | 1)) >> 32
    return Int(truncatingIfNeeded: word)
  }
}

extension Span where Element == UInt8 {
  /// The eight bytes from `index` (from 0) on, the first one least; they must lie in the span.
  @inlinable @inline(__always)
  package func word(at index: Int) -> UInt64 {
    // SAFETY: every bit pattern is a UInt64, and the load checks that its eight bytes lie in the span.
    unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// The 32 bytes from `index` (from 0) on as four words, the first byte of each least; they must lie in the span.
  @inlinable @inline(__always)
  package func words(at index: Int) -> SIMD4<UInt64> {
    // SAFETY: every bit pattern is four UInt64, and the load checks that its bytes lie in the span; all machines that this is
    // built for store the least byte first.
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
  }

  /// The first `count` (0 to 8) of the bytes from `index` on, the first one least, the rest zero; they must lie in the span.
  @inlinable @inline(__always)
  package func word(at index: Int, count: Int) -> UInt64 {
    if count == 0 { return 0 }
    if index + 8 <= self.count { return word(at: index) & (UInt64.max >> UInt64(64 - count * 8)) }
    // The last bytes of a span: two loads that overlap.
    if count >= 4 { return part(at: index, UInt32.self) | part(at: index + count - 4, UInt32.self) << UInt64((count - 4) * 8) }
    if count == 1 { return part(at: index, UInt8.self) }
    return part(at: index, UInt16.self) | part(at: index + count - 2, UInt16.self) << UInt64((count - 2) * 8)
  }

  /// The eight bytes from `index` (from 0) on, the first one least; the caller knows that they lie in the span.
  @inlinable @inline(__always)
  package func uncheckedWord(at index: Int) -> UInt64 {
    // SAFETY: every bit pattern is a UInt64; whoever calls it has asked for `index + 8 <= count`, and `index` is not below zero.
    unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
  }

  /// Whether the span holds these bytes at a place (from 0).
  @inlinable @inline(__always)
  package func holds(_ other: Span<UInt8>, at place: Int) -> Bool {
    guard place >= 0, other.count <= count - place else { return false }
    if other.count < 8 { return word(at: place, count: other.count) == other.word(at: 0, count: other.count) }
    let last = other.count - 8
    var index = 0
    while index < last {
      if uncheckedWord(at: place &+ index) != other.uncheckedWord(at: index) { return false }
      index = index &+ 8
    }
    // The last word may overlap the one before.
    return uncheckedWord(at: place &+ last) == other.uncheckedWord(at: last)
  }

  /// Whether both spans hold the same bytes.
  @inlinable @inline(__always)
  package func equals(_ other: Span<UInt8>) -> Bool {
    count == other.count && holds(other, at: 0)
  }

  /// The bytes of an integer from `index` on, the first one least; they must lie in the span.
  @inlinable @inline(__always)
  func part<Part: FixedWidthInteger & BitwiseCopyable>(at index: Int, _ type: Part.Type) -> UInt64 {
    // SAFETY: every bit pattern is an integer, and the load checks that its bytes lie in the span.
    unsafe UInt64(truncatingIfNeeded: Part(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: Part.self)))
  }
}
