/// House codes of JGJ/T 246-2012: 23 characters, of which only the layout can be checked.
package enum HouseNumberCode {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [.length, .charset, .spreadsheetScientific, .masked], warnings: [.regionUnknown, .townRange, .sampleData],
    infos: [.regionRetired, .regionAggregate, .regionNewerThanTable, .statOnlyZone])

  /// The symbols of a normalised value: township 9, year 4, building 4, household 5, and a digit or `*` for ten.
  package static func check(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
    guard value.count == 23 else { return .length }
    guard value.extracting(0..<22).isDigits, value[22] == 0x2A || value[22] &- 0x30 <= 9 else { return .charset }
    let region = CreditCode.region(value.extracting(0..<6), tables)
    return (1...599).contains(value.number(6..<9)) ? region : region.union(.townRange)
  }
}
