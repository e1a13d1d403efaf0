/// A share of all blocking keys: what one of several processes compares, each by itself over the same records.
package struct KeyShare: Sendable, Hashable {
  /// Which share, from 1.
  package let number: Int
  /// How many shares there are; every key is in one of them.
  package let count: Int

  /// Every key, where one process does all the work.
  package static let all = KeyShare(number: 1, count: 1)

  /// The share `number` of `count`, which are not less than 1; `number` is not more than `count`.
  package init(number: Int, count: Int) {
    precondition(number >= 1 && number <= count, "a share is one of its count")
    (self.number, self.count) = (number, count)
  }

  /// Which of the `parts`, from 0, into which threads cut this share compares a key; nil for a key of another share.
  @inline(__always)
  func part(_ key: UInt32, of parts: Int) -> Int? {
    Int(key) % count == number - 1 ? Int(key) / count % parts : nil
  }
}
