/// Business registration numbers of 15 digits (GS 15-2006): division, sequence, check digit; credit codes replaced them.
package enum RegistrationNumber {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [.length, .charset, .checkChar, .spreadsheetScientific, .masked],
    warnings: [.regionUnknown, .fixHomoglyph, .sampleData],
    infos: [.regionRetired, .regionAggregate, .regionNewerThanTable, .statOnlyZone])

  /// The symbols of a normalised value.
  package static func check(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
    guard value.count == 15 else { return .length }
    guard value.isDigits else { return .charset }
    guard value[14] == checkDigit(value) else { return .checkChar }
    return CreditCode.region(value.extracting(0..<6), tables)
  }

  /// The ISO 7064 MOD 11,10 check digit over the first 14 digits.
  private static func checkDigit(_ digits: Span<UInt8>) -> UInt8 {
    var product = 10
    for index in 0..<14 {
      let sum = (product + Int(digits[index] &- 0x30)) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    return 0x30 + UInt8((11 - product) % 10)
  }
}
