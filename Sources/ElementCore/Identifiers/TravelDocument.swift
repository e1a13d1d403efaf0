/// Travel permits and passports: patterns without check digits (`identifiers.md` §D.3).
package enum TravelDocument: Sendable, Hashable {
  /// 港澳居民来往内地通行证: H or M, eight digits, and two for the number of the card on older ones.
  case hongKongMacauPermit
  /// 台湾居民来往大陆通行证: eight digits; ten, and a letter in brackets, on old booklets.
  case taiwanPermit
  /// 往来港澳通行证: C and eight characters.
  case exitPermit
  /// A passport of the People's Republic.
  case chinesePassport
  /// A passport of any country.
  case passport

  /// How the symbols are judged: what other countries print is told, not refused.
  package var policy: VerdictPolicy {
    let damage: Verdict = [.spreadsheetScientific, .masked]
    return self == .passport
      ? VerdictPolicy(errors: damage, warnings: [.documentFormat, .placeholder])
      : VerdictPolicy(errors: damage.union(.documentFormat), warnings: .placeholder)
  }

  /// The symbols of a normalised value (upper case, no blanks or hyphens).
  package func check(_ value: Span<UInt8>) -> Verdict {
    if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
    let fits =
      switch self {
      case .hongKongMacauPermit:
        (value.count == 9 || value.count == 11) && (value[0] == 0x48 || value[0] == 0x4D) && Self.digits(value, from: 1)
      case .taiwanPermit: Self.isTaiwanPermit(value)
      case .exitPermit: value.count == 9 && value[0] == 0x43 && (Self.digits(value, from: 1) || Self.isLetterAndDigits(value))
      case .chinesePassport: Self.isChinesePassport(value)
      case .passport: Self.isPassport(value)
      }
    if !fits { return .documentFormat }
    return self == .taiwanPermit && Self.isConstant(value) ? .placeholder : []
  }

  private static func digits(_ value: Span<UInt8>, from start: Int) -> Bool {
    value.count > start && value.extracting(start..<value.count).isDigits
  }

  /// A letter but I or O at place 1 (from 0) and seven digits behind it.
  private static func isLetterAndDigits(_ value: Span<UInt8>) -> Bool {
    value.count == 9 && value[1] &- 0x41 <= 25 && value[1] != 0x49 && value[1] != 0x4F && digits(value, from: 2)
  }

  private static func isTaiwanPermit(_ value: Span<UInt8>) -> Bool {
    if value.count == 8 || value.count == 10 { return value.isDigits }
    guard value.count == 13, value[10] == 0x28, value[12] == 0x29, value[11] &- 0x41 <= 25 else { return false }
    return value.extracting(0..<10).isDigits
  }

  /// Ordinary G and E, electronic diplomatic, service and public DE, SE, PE, and the older forms of each.
  private static func isChinesePassport(_ value: Span<UInt8>) -> Bool {
    guard value.count >= 8 else { return false }
    switch value[0] {
    case 0x47: return value.count == 9 && digits(value, from: 1)
    case 0x45: return value.count == 9 && (digits(value, from: 1) || isLetterAndDigits(value))
    case 0x44, 0x53, 0x50:
      if value[1] == 0x45 { return value.count == 9 && digits(value, from: 2) }
      return (value.count == 8 || value.count == 9) && digits(value, from: 1)
    case 0x31: return value.count == 9 && (value[1] == 0x34 || value[1] == 0x35) && value.isDigits
    default: return false
    }
  }

  /// Five to seventeen letters and digits, at least one a digit.
  private static func isPassport(_ value: Span<UInt8>) -> Bool {
    guard (5...17).contains(value.count) else { return false }
    var digits = 0
    for index in value.indices {
      if value[index] &- 0x30 <= 9 { digits += 1 } else if value[index] &- 0x41 > 25 { return false }
    }
    return digits > 0
  }

  private static func isConstant(_ value: Span<UInt8>) -> Bool {
    for index in value.indices where value[index] != value[0] { return false }
    return true
  }
}
