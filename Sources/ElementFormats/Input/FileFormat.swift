import ElementCore

/// What kind of file a roster is, told by its first bytes and never by its name.
package enum FileFormat: Sendable, Hashable {
  /// Text with delimiters.
  case delimited
  /// A ZIP archive: a workbook, or something that will be refused by its real name.
  case workbook

  /// The kind of a file that starts with these bytes.
  package init(_ head: [UInt8]) {
    self = head.span.starts(with: [0x50, 0x4B, 0x03, 0x04]) ? .workbook : .delimited
  }

  /// The names that `--format` has for it.
  package var names: [String] {
    switch self {
    case .delimited: ["csv"]
    case .workbook: ["xlsx"]
    }
  }
}
