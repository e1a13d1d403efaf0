/// Check characters of ISO 7064 over ASCII digits.
package enum ISO7064 {
  /// The MOD 11-2 check character: a digit or X.
  package static func mod11And2(_ digits: Span<UInt8>) -> UInt8 {
    if digits.count == 17 { return character(weightedSum(of17: digits)) }
    // The weight of a digit is two to the power of its distance from the end; the sum is brought down before it is too large.
    var sum = 0
    for index in digits.indices {
      sum = (sum + Int(digits[index] &- 0x30)) &* 2
      if sum > 1 << 40 { sum %= 11 }
    }
    return character(sum)
  }

  private static func character(_ sum: Int) -> UInt8 {
    let complement = (12 - sum % 11) % 11
    return complement == 10 ? 0x58 : 0x30 + UInt8(complement)
  }

  /// The sum of 17 digits, each times its weight (7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2), as citizen numbers have them.
  private static func weightedSum(of17 digits: Span<UInt8>) -> Int {
    let (first, second) = (digits.word(at: 0), digits.word(at: 8))
    return dot(first, 0x0007_000A_0008_0002) + dot(first >> 8, 0x0009_0005_0004_0001) + dot(second, 0x0006_0007_000A_0008)
      + dot(second >> 8, 0x0003_0009_0005_0004) + 2 * Int(digits[16] & 0x0F)
  }

  /// The digits in every other byte times four weights, added up: in a product of lanes of 16 bits the sum comes to stand in
  /// the highest, the weight of the first digit being the highest lane.
  private static func dot(_ word: UInt64, _ weights: UInt64) -> Int {
    Int(truncatingIfNeeded: ((word & 0x000F_000F_000F_000F) &* weights) >> 48)
  }

  /// The MOD 11,10 check digit.
  package static func mod11And10(_ digits: Span<UInt8>) -> UInt8 {
    var product = 10
    for index in digits.indices {
      let sum = (product + Int(digits[index] &- 0x30)) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    return 0x30 + UInt8((11 - product) % 10)
  }
}
