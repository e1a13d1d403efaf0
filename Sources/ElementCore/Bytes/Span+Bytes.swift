extension Span where Element == UInt8 {
  /// Whether both spans hold the same bytes.
  package func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }

  /// Whether every byte is an ASCII digit; false for no bytes.
  package var isDigits: Bool {
    guard !isEmpty else { return false }
    for index in indices where self[index] &- 0x30 > 9 { return false }
    return true
  }

  /// Whether every byte is below 0x80.
  package var isASCII: Bool {
    for index in indices where self[index] >= 0x80 { return false }
    return true
  }

  /// The number that the ASCII digits in `range` (from 0) spell; they must be digits and at most 18.
  package func number(_ range: Range<Int>) -> Int {
    var value = 0
    for index in range { value = value * 10 + Int(self[index] &- 0x30) }
    return value
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
