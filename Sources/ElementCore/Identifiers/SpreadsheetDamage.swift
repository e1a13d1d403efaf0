/// Recognises what a spreadsheet does to long numbers; nothing here can be repaired.
package enum SpreadsheetDamage {
  /// Whether the value is a number in scientific notation, such as `3.20682E+17`.
  package static func isScientific(_ value: Span<UInt8>) -> Bool {
    guard value.count >= 4, let mark = value.firstIndex(of: 0x45) ?? value.firstIndex(of: 0x65), mark > 0 else { return false }
    var exponent = mark + 1
    if exponent < value.count, value[exponent] == 0x2B || value[exponent] == 0x2D { exponent += 1 }
    guard exponent < value.count, value.extracting(exponent..<value.count).isDigits else { return false }
    var points = 0
    for index in 0..<mark {
      if value[index] == 0x2E { points += 1 } else if value[index] &- 0x30 > 9 { return false }
    }
    // Without a decimal point a short code such as 12E3 may be meant.
    return points == 1 || (points == 0 && exponent > mark + 1)
  }

  /// Whether a 20-digit code is what a binary double makes of another one.
  ///
  /// Codes of 19 significant digits are multiples of 128 after the round trip. One in 128 sound codes is too, so only a
  /// sequence that no community reaches counts as a sign.
  package static func isRoundedGridCode(_ digits: Span<UInt8>) -> Bool {
    guard digits.count == 20, digits[0] == 0x30 else { return false }
    let value = digits.number(1..<19) &* 10 &+ Int(digits[19] &- 0x30)
    return value >= 1_000_000_000_000_000_000 && value % 128 == 0 && digits.number(18..<20) > 32
  }
}
