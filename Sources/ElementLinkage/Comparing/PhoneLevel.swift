/// A telephone as it is compared: of fixed lines the local number alone, since the area is often left out.
package struct PhoneForm: Sendable, Hashable {
  /// Up to fourteen digits of four bits, the last lowest, and how many there are in the highest eight bits; 0 for none.
  package let word: UInt64

  private static let most = 14

  /// The form that has this word.
  init(word: UInt64) { self.word = word }

  /// The digits of a value as it is stored (`FixedLine.canonical` keeps area, number and extension apart by hyphens); nil for fewer than seven.
  package init?(_ value: Span<UInt8>) {
    var parts: [[UInt8]] = [[]]
    for place in 0..<value.count {
      if value[place] == 0x2D { parts.append([]) } else { parts[parts.count - 1].append(value[place]) }
    }
    let digits = parts.count > 1 && parts[0].first == 0x30 ? parts[1] : parts.joined().map { $0 }
    guard (7...Self.most).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    word = digits.reduce(0) { $0 << 4 | UInt64($1 - 0x30) } | UInt64(digits.count) << 56
  }
}

/// How the telephones of two records agree, the most telling first: the best of each number of one with each of the other.
package enum PhoneLevel: Int, Sendable, CaseIterable {
  /// One number stands in both.
  case same
  /// Numbers of one length differ in one digit.
  case off1
  /// Other numbers.
  case differ
  /// One side has no number.
  case none

  /// Compares two numbers.
  package init(_ left: PhoneForm, _ right: PhoneForm) {
    let different = left.word ^ right.word
    if different == 0 {
      self = .same
    } else {
      // One digit alone is another where nothing differs beside its four bits.
      let place = UInt64(different.trailingZeroBitCount / 4 * 4)
      self = place < 56 && different & ~(0xF << place) == 0 ? .off1 : .differ
    }
  }
}
