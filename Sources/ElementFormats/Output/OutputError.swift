package import ElementCore

/// Why an output is not written: what was attempted, on what, why, and what to do.
package struct OutputError: Error, Sendable, CustomStringConvertible {
  /// What kind of trouble it is.
  package enum Kind: String, Sendable {
    /// It is not to be written there: it exists, is no file, or is another file of the run. Ends with exit code 2.
    case usage
    /// The system does not let it be written. Ends with exit code 5.
    case output
  }

  /// By what programs tell refusals from failures.
  package let kind: Kind
  /// The path as given.
  package let path: String
  /// What is wrong.
  package let message: LocalizedText
  /// What to do next.
  package let hint: LocalizedText

  /// An error about an output.
  package init(_ kind: Kind, path: String, message: LocalizedText, hint: LocalizedText) {
    (self.kind, self.path, self.message, self.hint) = (kind, path, message, hint)
  }

  /// The English message, for whoever prints errors without a language.
  package var description: String { "\(PrintableText.escape(path)): \(message.en). \(hint.en)" }
}
