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
    guard value[14] == ISO7064.mod11And10(value.extracting(0..<14)) else { return .checkChar }
    return CreditCode.region(value.extracting(0..<6), tables)
  }
}
