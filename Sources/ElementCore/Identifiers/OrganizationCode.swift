/// Organisation codes (GB 11714-1997): eight characters, a hyphen and a check character.
package enum OrganizationCode {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [.length, .charset, .checkChar, .placeholder, .spreadsheetScientific, .masked], warnings: [.fixHomoglyph])

  /// The symbols of a normalised value of nine characters and a hyphen, such as `D2143569-X`.
  package static func check(_ value: Span<UInt8>) -> Verdict {
    if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
    guard value.count == 10, value[8] == 0x2D else { return .length }
    let body = value.extracting(0..<8)
    guard let expected = checkCharacter(body) else { return .charset }
    var isZero = true
    for index in body.indices where body[index] != 0x30 { isZero = false }
    if isZero { return .placeholder }
    return value[9] == expected ? [] : .checkChar
  }

  /// The check character over eight characters, digits and upper-case letters (A is 10); nil where there is another.
  package static func checkCharacter(_ body: Span<UInt8>) -> UInt8? {
    let weights: [8 of Int] = [3, 7, 9, 10, 5, 8, 4, 2]
    var sum = 0
    for index in 0..<8 {
      let byte = body[index]
      if byte &- 0x30 <= 9 {
        sum += Int(byte &- 0x30) * weights[index]
      } else if byte &- 0x41 <= 25 {
        sum += Int(byte &- 0x41 + 10) * weights[index]
      } else {
        return nil
      }
    }
    let check = 11 - sum % 11
    return check == 10 ? 0x58 : check == 11 ? 0x30 : 0x30 + UInt8(check)
  }

  /// The nine characters with the hyphen that the standard writes; nil for another number of characters.
  package static func hyphenated(_ plain: [UInt8]) -> [UInt8]? {
    plain.count == 9 && plain.span.isASCII ? Array(plain[0..<8]) + [0x2D, plain[8]] : nil
  }
}
