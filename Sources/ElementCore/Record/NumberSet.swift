/// A set of numbers from 0 on that lie close together: a bit each up to the highest.
package struct NumberSet: Sendable {
  private var words: [UInt64] = []
  /// How many there are.
  package private(set) var count = 0

  /// No numbers.
  package init() {}

  /// Adds a number.
  package mutating func insert(_ number: Int64) {
    let word = Int(number >> 6)
    if word >= words.count { words += repeatElement(0, count: max(word + 1, words.count * 2) - words.count) }
    let bit: UInt64 = 1 << UInt64(number & 63)
    if words[word] & bit == 0 { count += 1 }
    words[word] |= bit
  }

  /// Takes a number out again.
  package mutating func remove(_ number: Int64) {
    guard contains(number) else { return }
    words[Int(number >> 6)] &= ~(1 << UInt64(number & 63))
    count -= 1
  }

  /// Whether it has a number.
  package func contains(_ number: Int64) -> Bool {
    let word = Int(number >> 6)
    return word < words.count && words[word] & 1 << UInt64(number & 63) != 0
  }
}
