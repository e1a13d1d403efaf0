/// Unified social credit codes (GB 32100-2015): authority, kind, division, organisation code with its own check, check character.
package enum CreditCode {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [.length, .charset, .checkChar, .orgCodeCheck, .spreadsheetScientific, .masked],
    warnings: [.orgKindUnknown, .registrationRetired, .regionUnknown, .fixHomoglyph, .sampleData],
    infos: [.regionRetired, .regionAggregate, .regionNewerThanTable, .statOnlyZone])

  // The alphabet lacks I, O, S, V and Z; characters outside it have the value 0xFF.
  private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

  private static let values: [UInt8] = {
    var out = [UInt8](repeating: 0xFF, count: 256)
    for (value, character) in alphabet.enumerated() { out[Int(character)] = UInt8(value) }
    return out
  }()

  /// The symbols of a normalised value (upper case, no separators).
  package static func check(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
    guard value.count == 18 else { return .length }
    guard hasAlphabet(value), value.extracting(2..<8).isDigits else { return .charset }
    guard checkCharacter(value.extracting(0..<17)) == value[17] else { return .checkChar }
    guard OrganizationCode.checkCharacter(value.extracting(8..<16)) == value[16] else { return .orgCodeCheck }
    var verdict = region(value.extracting(2..<8), tables)
    if tables.organizationKinds.find(value.extracting(0..<2))?.isCode != true { verdict.insert(.orgKindUnknown) }
    return verdict
  }

  /// Whether a value is one by its form and its check characters alone.
  package static func isSound(_ value: Span<UInt8>) -> Bool {
    value.count == 18 && hasAlphabet(value) && value.extracting(2..<8).isDigits
      && checkCharacter(value.extracting(0..<17)) == value[17]
      && OrganizationCode.checkCharacter(value.extracting(8..<16)) == value[16]
  }

  /// The value with the letters that the alphabet lacks replaced by the digits they are taken for; nil where there are none.
  package static func withoutLookalikes(_ value: [UInt8]) -> [UInt8]? {
    let digits: [UInt8: UInt8] = [0x4F: 0x30, 0x49: 0x31, 0x53: 0x35, 0x5A: 0x32]
    let out = value.map { digits[$0] ?? $0 }
    return out == value ? nil : out
  }

  private static func hasAlphabet(_ value: Span<UInt8>) -> Bool {
    for index in value.indices where values[Int(value[index])] == 0xFF { return false }
    return true
  }

  /// The check character behind 17 characters of the alphabet (GB 32100-2015, weights 3^i modulo 31).
  package static func checkCharacter(_ body: Span<UInt8>) -> UInt8 {
    var sum = 0
    var weight = 1
    for index in 0..<17 {
      sum += Int(values[Int(body[index])]) * weight
      weight = weight * 3 % 31
    }
    return alphabet[(31 - sum % 31) % 31]
  }

  /// What is odd about the division of a registering authority: one that was withdrawn is normal, one that never was is told.
  static func region(_ code: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    // Bodies that are registered with a ministry have the code of the whole country.
    if code.number(0..<6) == 100_000 { return [] }
    let verdict = DivisionCode.check(code, tables)
    return verdict.contains(.regionProvince) ? verdict.subtracting(.regionProvince).union(.regionUnknown) : verdict
  }
}
