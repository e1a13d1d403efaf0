package import ElementCore

/// Why a package is not made: a decision of the register, the profile or the warehouse. Ends with exit code 2.
package struct ExportRefusal: Error, Sendable {
  /// The profile, register or folder that it is about.
  package let subject: String
  /// What is in the way.
  package let message: LocalizedText
  /// What to do next.
  package let hint: LocalizedText

  /// A refusal.
  package init(_ subject: String, message: LocalizedText, hint: LocalizedText) {
    (self.subject, self.message, self.hint) = (subject, message, hint)
  }
}
