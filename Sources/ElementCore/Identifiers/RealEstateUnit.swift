/// Real-estate unit numbers (GB/T 37346-2019): 28 characters, of which the first 19 name the parcel.
package enum RealEstateUnit {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [.length, .charset, .spreadsheetScientific, .masked], warnings: [.level, .regionUnknown, .sampleData],
    infos: [.regionRetired, .regionAggregate, .regionNewerThanTable, .statOnlyZone])

  private static let owners = Set("GJZ".utf8)
  private static let rights = Set("ABSXCDEFHGWY".utf8)
  private static let fixtures = Set("FLQW".utf8)

  /// The symbols of a normalised value (upper case, no blanks).
  package static func check(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
    guard value.count == 28 || value.count == 19 else { return .length }
    guard value.extracting(0..<12).isDigits, owners.contains(value[12]), rights.contains(value[13]),
      value.extracting(14..<19).isDigits
    else { return .charset }
    let region = CreditCode.region(value.extracting(0..<6), tables)
    if value.count == 19 { return region.union(.level) }
    guard fixtures.contains(value[19]), value.extracting(20..<28).isDigits else { return .charset }
    // Land without anything on it has no unit.
    if value[19] == 0x57, value.number(20..<28) != 0 { return .charset }
    return region
  }
}
