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

  private static let weights: [Int] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  private static let checkCharacters = Array("10X98765432".utf8)
  private static let provinces: Set<Int> = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65,
  ]
  private static let plausibleAge = 120

  /// The symbols of a normalised value (upper case, no separators).
  package static func check(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
    if value.count == 15, value.isDigits { return checkLegacy(value, tables) }
    guard value.count == 18 else { return .length }
    guard value.extracting(0..<17).isDigits, value[17] == 0x58 || value[17] &- 0x30 <= 9 else { return .charset }
    var verdict: Verdict = []
    if checkCharacter(value) != value[17] {
      verdict.insert(.checkChar)
      if value[15] == 0x30, value[16] == 0x30, value[17] == 0x30 { verdict.insert(.suspectSpreadsheetLoss) }
    }
    guard let birth = CalendarDate(digits: value, at: 6) else { return verdict.union(.date) }
    if birth > tables.today { verdict.insert(.dateFuture) }
    let region = value[0] == 0x39 ? checkNationality(value, tables) : checkRegion(value.number(0..<6), born: birth.year, tables)
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
    var sum = 0
    for index in 0..<17 { sum += Int(digits[index] &- 0x30) * weights[index] }
    return checkCharacters[sum % 11]
  }

  private static func checkLegacy(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    if isCentenarian(value) { return .legacy15Centenarian }
    guard let birth = legacyBirth(value) else { return .date }
    let region = checkRegion(value.number(0..<6), born: birth.year, tables)
    return region.contains(.regionProvince) ? .regionProvince : region.union(.legacy15)
  }

  private static func legacyBirth(_ value: Span<UInt8>) -> CalendarDate? {
    CalendarDate(year: 1900 + value.number(6..<8), month: value.number(8..<10), day: value.number(10..<12))
  }

  /// Sequences 996 to 999 of a 15-digit number meant a person born a century earlier.
  private static func isCentenarian(_ value: Span<UInt8>) -> Bool { value.number(12..<15) >= 996 }

  private static func checkNationality(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    guard provinces.contains(value.number(1..<3)) else { return .regionProvince }
    return tables.countries.find(value.extracting(3..<6))?.isCode == true ? [] : .nationalityUnknown
  }

  private static func checkRegion(_ code: Int, born: Int, _ tables: ReferenceTables) -> Verdict {
    if code == 810_000 || code == 820_000 || code == 830_000 { return [] }
    guard provinces.contains(code / 10_000) else { return .regionProvince }
    if code == DivisionTable.exampleCode { return .sampleData }
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
