package import ElementCore

/// Why an input cannot be read: what was attempted, on what, why, and what to do.
package struct InputError: Error, Sendable, CustomStringConvertible {
  /// What kind of trouble it is; `usage` ends with exit code 2, `stopped` with that of the signal, the others with 3.
  package enum Kind: String, Sendable {
    /// An option does not fit the file.
    case usage
    /// It cannot be opened or read.
    case unreadable
    /// It is of another format than its name says.
    case foreignFormat
    /// No encoding fits.
    case encoding
    /// It has no header that is known.
    case header
    /// Its dataset cannot be told.
    case dataset
    /// It is larger than is allowed.
    case limit
    /// It changed while it was read.
    case changed
    /// The program was asked to stop while it waited for the input.
    case stopped
  }

  /// By what programs tell refusals apart, beside the text for people.
  package let kind: Kind
  /// The path as given.
  package let path: String
  /// What is wrong.
  package let message: LocalizedText
  /// What to do next.
  package let hint: LocalizedText
  /// The physical line, from 1; 0 where there is none.
  package let line: Int
  /// The limit that the input is beyond; nil where it is none.
  package let limit: ReadingLimits.Name?

  /// An error about an input.
  package init(
    _ kind: Kind, path: String, message: LocalizedText, hint: LocalizedText, line: Int = 0, limit: ReadingLimits.Name? = nil
  ) {
    self.limit = limit
    self.kind = kind
    self.path = path
    self.message = message
    self.hint = hint
    self.line = line
  }

  /// The English message, for whoever prints errors without a language.
  package var description: String { "\(PrintableText.escape(path)): \(message.en). \(hint.en)" }
}
