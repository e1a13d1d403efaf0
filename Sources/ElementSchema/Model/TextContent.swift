/// What a text field holds.
package enum TextContent: String, Sendable, CaseIterable {
  /// Anything.
  case free
  case personName
  case address
  /// A code or number of letters and digits.
  case code
}
