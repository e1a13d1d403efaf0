package import ElementCore

/// Why an expression is refused, and where in it.
package struct ExpressionError: Error, Sendable {
  /// The offset in the expression in bytes, from 0.
  package let offset: Int
  /// What is wrong and what was expected.
  package let message: LocalizedText

  /// An error at an offset.
  package init(_ offset: Int, zh: String, en: String) {
    self.offset = offset
    message = LocalizedText(zh: zh, en: en)
  }
}
