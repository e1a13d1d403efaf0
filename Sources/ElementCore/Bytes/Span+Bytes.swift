extension Span where Element == UInt8 {
  /// Whether every byte is an ASCII digit; false for no bytes.
  @inlinable @inline(__always)
  package var isDigits: Bool {
    if count < 8 {
      guard !isEmpty else { return false }
      // A zero in the bytes that are not there is a digit.
      return ByteWord(word(at: 0, count: count) | 0x3030_3030_3030_3030 << UInt64(count * 8)).isDigits
    }
    var index = 0
    while index + 8 < count {
      if !ByteWord(word(at: index)).isDigits { return false }
      index += 8
    }
    // The last word may overlap the one before.
    return ByteWord(word(at: count - 8)).isDigits
  }

  /// Whether every byte is below 0x80.
  @inlinable
  package var isASCII: Bool {
    if count < 8 { return ByteWord(word(at: 0, count: count)).high == 0 }
    var index = 0
    while index + 8 < count {
      if ByteWord(word(at: index)).high != 0 { return false }
      index += 8
    }
    // The last word may overlap the one before.
    return ByteWord(word(at: count - 8)).high == 0
  }

  /// The number that the ASCII digits in `range` (from 0) spell; they must be digits and at most 18.
  @inlinable
  package func number(_ range: Range<Int>) -> Int {
    var value = 0
    for index in range { value = value * 10 + Int(self[index] &- 0x30) }
    return value
  }

  /// The number that the eight ASCII digits from `index` (from 0) on spell; they must be digits.
  @inlinable @inline(__always)
  package func eightDigits(at index: Int) -> Int {
    ByteWord(word(at: index)).eightDigits
  }

  /// The integer that canonical digits, with a minus sign before them or without, spell: at most 18 digits.
  package var integer: Int64 {
    let isNegative = !isEmpty && self[0] == 0x2D
    let value = Int64(number((isNegative ? 1 : 0)..<count))
    return isNegative ? -value : value
  }

  /// The first place at or after `start` (from 0) where `byte` stands.
  package func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    var index = start
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }

  /// Whether the bytes start with those of `prefix`.
  package func starts(with prefix: [UInt8]) -> Bool {
    guard count >= prefix.count else { return false }
    for index in prefix.indices where self[index] != prefix[index] { return false }
    return true
  }
}
