/// Number plates of vehicles (GA 36-2018): a province, a letter, and five or six characters.
package enum Plate {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(errors: [.plateFormat, .masked], warnings: [.plateSpecial, .fixHomoglyph])

  private static let provinces = Set("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼".unicodeScalars.map(\.value))
  private static let endings = Set("挂学警港澳试超".unicodeScalars.map(\.value))
  private static let marks = Set("使领应急民航".unicodeScalars.map(\.value))
  /// The letters of plates for new-energy vehicles: D A B C E for electric ones, F G H J K for others.
  private static let energyLetters = Set("DABCEFGHJK".utf8.map(UInt32.init))

  /// The symbols of a normalised value (upper case, no blanks, dots or hyphens).
  package static func check(_ value: Span<UInt8>) -> Verdict {
    var characters: [UInt32] = []
    var index = 0
    while index < value.count { characters.append(UTF8Scan.scalar(value, at: &index)) }
    if isSpecial(characters) { return .plateSpecial }
    guard characters.count >= 7, provinces.contains(characters[0]), isLetter(characters[1]) || characters[1] == 0x4F else {
      return .plateFormat
    }
    switch characters.count {
    case 7: return isOrdinary(characters[2...]) ? [] : .plateFormat
    case 8: return isEnergy(Array(characters[2...])) ? [] : .plateFormat
    default: return .plateFormat
    }
  }

  /// Plates of embassies, consulates, the armed police, rescue services and airports: kept and told.
  private static func isSpecial(_ characters: [UInt32]) -> Bool {
    guard (6...9).contains(characters.count) else { return false }
    return characters.contains { marks.contains($0) } || (characters[0] == 0x57 && characters[1] == 0x4A)
  }

  private static func isOrdinary(_ rest: ArraySlice<UInt32>) -> Bool {
    guard let last = rest.last else { return false }
    return rest.dropLast().allSatisfy(isMark) && (isMark(last) || endings.contains(last))
  }

  /// Small vehicles have the letter first and one more mark, large ones have it last.
  private static func isEnergy(_ rest: [UInt32]) -> Bool {
    let isSmall = energyLetters.contains(rest[0]) && isMark(rest[1]) && rest[2...].allSatisfy(isDigit)
    return isSmall || (energyLetters.contains(rest[5]) && rest[0..<5].allSatisfy(isDigit))
  }

  private static func isDigit(_ scalar: UInt32) -> Bool { scalar &- 0x30 <= 9 }
  private static func isLetter(_ scalar: UInt32) -> Bool { scalar &- 0x41 <= 25 && scalar != 0x49 && scalar != 0x4F }
  private static func isMark(_ scalar: UInt32) -> Bool { isDigit(scalar) || isLetter(scalar) }
}
