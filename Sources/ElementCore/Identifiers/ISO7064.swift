/// Check characters of ISO 7064 over ASCII digits.
package enum ISO7064 {
  /// The MOD 11-2 check character: a digit or X.
  package static func mod11And2(_ digits: Span<UInt8>) -> UInt8 {
    // The weight of a digit is two to the power of its distance from the end; the sum is brought down before it is too large.
    var sum = 0
    for index in digits.indices {
      sum = (sum + Int(digits[index] &- 0x30)) &* 2
      if sum > 1 << 40 { sum %= 11 }
    }
    let complement = (12 - sum % 11) % 11
    return complement == 10 ? 0x58 : 0x30 + UInt8(complement)
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
