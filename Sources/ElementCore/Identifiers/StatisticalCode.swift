/// Statistical division codes: 12 digits down to the village, 9 to the township (国统字〔2009〕91号).
package enum StatisticalCode {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [.length, .charset, .regionProvince, .townRange, .villageRange, .spreadsheetScientific, .masked],
    warnings: [.level, .regionUnknown, .regionRetired, .sampleData],
    infos: [.virtualUnit, .statOnlyZone, .regionNewerThanTable])

  /// How the symbols are judged where the township is 999, which older ministry files use.
  package static let directPolicy = VerdictPolicy(
    errors: policy.errors.subtracting(.townRange), warnings: policy.warnings.union(.townRange), infos: policy.infos)

  /// The symbols of a normalised value of `length` digits, 9 or 12.
  package static func check(_ value: Span<UInt8>, length: Int, _ tables: ReferenceTables) -> Verdict {
    if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
    guard value.count == length else { return .length }
    guard value.isDigits else { return .charset }
    let region = DivisionCode.region(value.number(0..<6), tables)
    if region.contains(.regionProvince) { return region }
    let town = value.number(6..<9)
    if town == 0 { return region.union(.level) }
    if !tables.statisticalNumbers.allows(township: town) { return region.union(.townRange) }
    guard length == 12 else { return region }
    let village = value.number(9..<12)
    if village == 0 { return region.union(.level) }
    if !tables.statisticalNumbers.allows(village: village) { return region.union(.villageRange) }
    return tables.statisticalNumbers.isVirtual(village) ? region.union(.virtualUnit) : region
  }

  /// Whether the township is 999, “directly under the county” in older ministry files: flagged, not refused.
  package static func isDirectTownship(_ value: Span<UInt8>) -> Bool {
    value.count >= 9 && value.isDigits && value.number(6..<9) == 999
  }
}
