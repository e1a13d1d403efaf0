/// Telephone numbers of persons: mobiles and fixed lines of the mainland plan.
package enum Phone {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [.phoneFormat, .masked, .spreadsheetScientific],
    warnings: [.phonePrefixUnknown, .phonePlaceholder, .phoneShortCode, .phoneMultiple])

  /// The mobile prefixes 130 to 199 that are not known to be in use; allocations grow, so they warn.
  private static func isUnknownPrefix(_ prefix: Int) -> Bool {
    switch prefix {
    case 140...144, 146, 148, 149, 154, 160, 161, 163, 164, 168, 169, 174, 179, 194: true
    default: false
    }
  }

  /// The symbols of one number without separators; a fixed line may keep one hyphen behind its area code.
  package static func check(_ value: Span<UInt8>) -> Verdict {
    if value.count == 11, value[0] == 0x31, value[1] >= 0x33, value.isDigits { return mobile(value) }
    if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
    var digits: [UInt8] = []
    for index in value.indices where value[index] != 0x2D { digits.append(value[index]) }
    guard digits.span.isDigits else { return .phoneFormat }
    if digits.count == 11, digits[0] == 0x31, digits[1] >= 0x33 { return mobile(digits.span) }
    if isShortCode(digits) { return .phoneShortCode }
    return isFixedLine(digits.span, hyphen: value.firstIndex(of: 0x2D)) ? [] : .phoneFormat
  }

  private static func mobile(_ digits: Span<UInt8>) -> Verdict {
    var verdict: Verdict = []
    if isUnknownPrefix(digits.number(0..<3)) { verdict.insert(.phonePrefixUnknown) }
    var isConstant = true
    for index in 3..<11 where digits[index] != digits[3] { isConstant = false }
    if isConstant, digits[3] == 0x30 || digits[3] == digits[2] { verdict.insert(.phonePlaceholder) }
    return verdict
  }

  private static func isShortCode(_ digits: [UInt8]) -> Bool {
    let span = digits.span
    if digits.count == 10 { return span.starts(with: Array("400".utf8)) || span.starts(with: Array("800".utf8)) }
    if (5...6).contains(digits.count) { return span.starts(with: Array("95".utf8)) || span.starts(with: Array("12".utf8)) }
    return digits.count == 3 && digits[0] == 0x31
  }

  /// `0`, an area code of two digits (10, 2x) or three (3xx to 9xx), and seven or eight digits of which the first is 2 to 8.
  private static func isFixedLine(_ digits: Span<UInt8>, hyphen: Int?) -> Bool {
    guard digits.count >= 10, digits[0] == 0x30 else { return hyphen == nil && isLocal(digits) }
    let areaLength = digits[1] == 0x31 || digits[1] == 0x32 ? 3 : 4
    guard digits[1] >= 0x31, areaLength == 4 || digits[1] == 0x32 || digits[2] == 0x30 else { return false }
    guard hyphen == nil || hyphen == areaLength || digits.count > areaLength + 8 else { return false }
    let local = digits.extracting(areaLength..<digits.count)
    guard local[0] >= 0x32, local[0] <= 0x38 else { return false }
    return local.count == 8 || (local.count == 7 && areaLength == 4)
  }

  /// A local number without its area code: seven or eight digits of which the first is 2 to 8.
  private static func isLocal(_ digits: Span<UInt8>) -> Bool {
    (digits.count == 7 || digits.count == 8) && digits[0] >= 0x32 && digits[0] <= 0x38
  }
}
