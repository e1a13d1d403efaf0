/// Postcodes: six digits that follow no list, so nothing about them is refused.
package enum Postcode {
  /// How the symbols are judged.
  package static let policy = VerdictPolicy(errors: .masked, warnings: [.postcodeFormat, .placeholder])

  /// The symbols of a normalised value.
  package static func check(_ value: Span<UInt8>) -> Verdict {
    guard value.count == 6, value.isDigits else { return .postcodeFormat }
    return value.number(0..<6) == 0 ? .placeholder : []
  }

  /// The postcode that lost its leading zero in a spreadsheet; nil for anything but five digits.
  package static func withLeadingZero(_ value: Span<UInt8>) -> [UInt8]? {
    value.count == 5 && value.isDigits ? [0x30] + [UInt8](span: value) : nil
  }
}
