import ElementCore

/// Policies of values that have no module of their own.
enum FieldPolicies {
  /// Codes of letters and digits without a check.
  static let code = VerdictPolicy(errors: [.spreadsheetScientific, .masked], warnings: .documentFormat)

  /// A flag as forms write it: 1/0, Y/N, 是/否, 有/无.
  static func flag(_ bytes: [UInt8]) -> Bool? {
    switch String(validUTF8: bytes.span) {
    case "1", "Y", "YES", "TRUE", "是", "有": true
    case "0", "N", "NO", "FALSE", "否", "无": false
    default: nil
    }
  }

  /// Whether a flag follows another list: 1 and 2, or 01 and 02.
  static func isOtherFlag(_ bytes: [UInt8]) -> Bool {
    let digits = bytes.first == 0x30 ? bytes.dropFirst() : bytes[...]
    return digits.count == 1 && (digits.first == 0x31 || digits.first == 0x32)
  }
}
