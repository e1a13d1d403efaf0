/// Numbers of foreign permanent resident cards in the form of 2017: nationality, issuing division, birth date, sequence, check.
///
/// The form of 2023 has 18 digits and is a `CitizenID` that begins with 9.
package enum ForeignResident {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [.length, .charset, .checkChar, .date, .spreadsheetScientific, .masked],
    warnings: [.nationalityUnknown, .fixHomoglyph])

  /// The symbols of a normalised value (upper case, no separators).
  package static func check(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
    guard value.count == 15 else { return .length }
    for index in 0..<3 where value[index] &- 0x41 > 25 { return .charset }
    guard value.extracting(3..<15).isDigits else { return .charset }
    guard value[14] == checkDigit(value) else { return .checkChar }
    // The century stands in no digit: a day that exists in 1900 or 2000 is one.
    let (year, month, day) = (value.number(7..<9), value.number(9..<11), value.number(11..<13))
    guard
      CalendarDate(year: 2000 + year, month: month, day: day) ?? CalendarDate(year: 1900 + year, month: month, day: day) != nil
    else { return .date }
    return tables.countries.find(value.extracting(0..<3)) == nil ? .nationalityUnknown : []
  }

  /// The check digit of ICAO 9303 over the first 14 characters: weights 7, 3, 1, a letter A is 10.
  private static func checkDigit(_ value: Span<UInt8>) -> UInt8 {
    var sum = 0
    for index in 0..<14 {
      let byte = value[index]
      let number = byte &- 0x30 <= 9 ? Int(byte &- 0x30) : Int(byte &- 0x41) + 10
      sum += number * (index % 3 == 0 ? 7 : index % 3 == 1 ? 3 : 1)
    }
    return 0x30 + UInt8(sum % 10)
  }
}
