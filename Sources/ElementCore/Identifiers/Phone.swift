/// Telephone numbers of persons: mobiles and fixed lines of the mainland plan.
package enum Phone {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [.phoneFormat, .masked, .spreadsheetScientific],
    warnings: [.phonePrefixUnknown, .phonePlaceholder, .phoneShortCode, .phoneMultiple, .phoneAreaLength])

  /// The symbols of one number without separators; a fixed line may keep one hyphen behind its area code.
  package static func check(_ value: Span<UInt8>, _ plan: PhonePlan) -> Verdict {
    if value.count == 11, value[0] == 0x31, value[1] >= 0x33, value.isDigits { return mobile(value, plan) }
    if SpreadsheetDamage.isScientific(value) { return .spreadsheetScientific }
    var digits: [UInt8] = []
    for index in value.indices where value[index] != 0x2D { digits.append(value[index]) }
    guard digits.span.isDigits else { return .phoneFormat }
    if digits.count == 11, digits[0] == 0x31, digits[1] >= 0x33 { return mobile(digits.span, plan) }
    if isShortCode(digits) { return .phoneShortCode }
    return FixedLine.check(value, plan)
  }

  private static func mobile(_ digits: Span<UInt8>, _ plan: PhonePlan) -> Verdict {
    var verdict: Verdict = []
    if plan.isUnused(digits.number(0..<3)) { verdict.insert(.phonePrefixUnknown) }
    let isConstant = digits.word(at: 3) == UInt64(digits[3]) &* 0x0101_0101_0101_0101
    if isConstant, digits[3] == 0x30 || digits[3] == digits[2] { verdict.insert(.phonePlaceholder) }
    return verdict
  }

  private static func isShortCode(_ digits: [UInt8]) -> Bool {
    let span = digits.span
    if digits.count == 10 { return span.starts(with: Array("400".utf8)) || span.starts(with: Array("800".utf8)) }
    if (5...6).contains(digits.count) { return span.starts(with: Array("95".utf8)) || span.starts(with: Array("12".utf8)) }
    return digits.count == 3 && digits[0] == 0x31
  }
}
