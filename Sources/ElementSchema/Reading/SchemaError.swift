package import ElementCore

/// Why a schema, code set, scheme or configuration is refused, and where.
package struct SchemaError: Error, Sendable, CustomStringConvertible {
  /// The file in its pack, or the path as given.
  package let file: String
  /// The line, from 1; 0 where the file as a whole is meant.
  package let line: Int
  /// The column, from 1; 0 where the line as a whole is meant.
  package let column: Int
  /// What is wrong and what was expected.
  package let message: LocalizedText

  /// An error at a place.
  package init(file: String, line: Int = 0, column: Int = 0, zh: String, en: String) {
    self.file = file
    self.line = line
    self.column = column
    message = LocalizedText(zh: zh, en: en)
  }

  /// File, line, column and the English message.
  package var description: String { "\(file):\(line):\(column): \(message.en)" }
}
