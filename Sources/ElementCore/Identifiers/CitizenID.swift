/// Citizen identification numbers (GB 11643-1999), residence permits of Hong Kong, Macau and Taiwan residents, and the
/// 18-digit form of the foreign permanent resident card (2023).
package enum CitizenID {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [
      .length, .charset, .checkChar, .date, .dateFuture, .regionProvince, .spreadsheetScientific, .suspectSpreadsheetLoss,
      .masked,
    ],
    warnings: [
      .regionUnknown, .regionRetiredBeforeBirth, .ageImplausible, .legacy15, .legacy15Centenarian, .nationalityUnknown,
      .fixHomoglyph, .sampleData,
    ],
    infos: [.regionAggregate, .regionNewerThanTable])

  /// Whether the first two digits are a province of GB/T 2260, without Taiwan, Hong Kong and Macau.
  private static func isProvince(_ number: Int) -> Bool {
    switch number {
    case 11...15, 21...23, 31...37, 41...46, 50...54, 61...65: true
    default: false
    }
  }
  private static let plausibleAge = 120

  /// The symbols of a normalised value (upper case, no separators).
  package static func check(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    guard value.count == 18, value.extracting(0..<17).isDigits else {
      if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
      if value.count == 15, value.isDigits { return checkLegacy(value, tables) }
      return value.count == 18 ? .charset : .length
    }
    guard value[17] == 0x58 || value[17] &- 0x30 <= 9 else { return .charset }
    var verdict: Verdict = []
    if checkCharacter(value) != value[17] {
      verdict.insert(.checkChar)
      if value[15] == 0x30, value[16] == 0x30, value[17] == 0x30 { verdict.insert(.suspectSpreadsheetLoss) }
    }
    guard let birth = CalendarDate(digits: value, at: 6) else { return verdict.union(.date) }
    if birth > tables.today { verdict.insert(.dateFuture) }
    let region = value[0] == 0x39 ? checkNationality(value, tables) : checkRegion(value, born: birth.year, tables)
    if region.contains(.regionProvince) { verdict.insert(.regionProvince) }
    if !verdict.isEmpty { return verdict }
    if birth.years(to: tables.today) > plausibleAge { verdict.insert(.ageImplausible) }
    return verdict.union(region)
  }

  /// The birth date of a sound 18- or 15-digit number.
  package static func birthDate(_ value: Span<UInt8>) -> CalendarDate? {
    if value.count == 18, value.extracting(0..<17).isDigits { return CalendarDate(digits: value, at: 6) }
    guard value.count == 15, value.isDigits, !isCentenarian(value) else { return nil }
    return legacyBirth(value)
  }

  /// Whether a sound number is a man's (odd sequence); nil for another form.
  package static func isMale(_ value: Span<UInt8>) -> Bool? {
    if value.count == 18, value.extracting(0..<17).isDigits { return value[16] & 1 == 1 }
    return value.count == 15 && value.isDigits ? value[14] & 1 == 1 : nil
  }

  /// The 18-digit form of a sound 15-digit number; nil where its century is unknown.
  package static func upgraded(_ value: Span<UInt8>) -> [UInt8]? {
    guard value.count == 15, value.isDigits, !isCentenarian(value) else { return nil }
    var out = [UInt8](span: value.extracting(0..<6)) + [0x31, 0x39]
    out.append(span: value.extracting(6..<15))
    out.append(checkCharacter(out.span))
    return out
  }

  /// The ISO 7064 MOD 11-2 check character over the first 17 digits.
  package static func checkCharacter(_ digits: Span<UInt8>) -> UInt8 {
    ISO7064.mod11And2(digits.extracting(0..<17))
  }

  private static func checkLegacy(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    if isCentenarian(value) { return .legacy15Centenarian }
    guard let birth = legacyBirth(value) else { return .date }
    let region = checkRegion(value, born: birth.year, tables)
    return region.contains(.regionProvince) ? .regionProvince : region.union(.legacy15)
  }

  private static func legacyBirth(_ value: Span<UInt8>) -> CalendarDate? {
    CalendarDate(year: 1900 + value.number(6..<8), month: value.number(8..<10), day: value.number(10..<12))
  }

  /// Sequences 996 to 999 of a 15-digit number meant a person born a century earlier.
  private static func isCentenarian(_ value: Span<UInt8>) -> Bool { value.number(12..<15) >= 996 }

  private static func checkNationality(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    guard isProvince(value.number(1..<3)) else { return .regionProvince }
    return tables.countries.find(value.extracting(3..<6))?.isCode == true ? [] : .nationalityUnknown
  }

  private static func checkRegion(_ value: Span<UInt8>, born: Int, _ tables: ReferenceTables) -> Verdict {
    // Whatever the form, the division stands first of eight digits.
    let code = value.eightDigits(at: 0) / 100
    if code == 810_000 || code == 820_000 || code == 830_000 { return [] }
    guard isProvince(code / 10_000) else { return .regionProvince }
    if code == DivisionTable.exampleCode { return .sampleData }
    if tables.divisions.isCurrent(value.extracting(0..<6)) { return [] }
    switch tables.divisions.status(code, year: tables.today.year) {
    case .current: return []
    case .aggregate: return .regionAggregate
    case .newerThanTable: return .regionNewerThanTable
    // Statistics alone use the code: no citizen number should hold it.
    case .statisticsOnly, .unknown: return .regionUnknown
    // Numbers were first issued in 1984, so nobody holds one of a county that was gone by then.
    case .retired(let year): return year <= max(born, 1984) ? .regionRetiredBeforeBirth : .regionRetired
    }
  }
}
