import ElementCore

/// What kind of file a roster is, told by its first bytes and never by its name.
package enum FileFormat: Sendable, Hashable {
  /// Text with delimiters.
  case delimited
  /// A ZIP archive: a workbook, or something that will be refused by its real name.
  case workbook
  /// JSON: an array, an object, or lines of objects.
  case json

  /// The kind of a file that starts with these bytes.
  package init(_ head: [UInt8]) {
    if head.span.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .workbook
      return
    }
    let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
    let significant = text.filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }.prefix(2)
    self = FileFormat.json(significant) ? .json : .delimited
  }

  /// Whether text that begins with these bytes, white space aside, is JSON: a bracket alone may begin a heading too.
  private static func json(_ start: ArraySlice<UInt8>) -> Bool {
    guard let first = start.first else { return false }
    let second = start.dropFirst().first
    return first == 0x7B
      ? second == 0x22 || second == 0x7D : first == 0x5B && (second == 0x7B || second == 0x5D || second == nil)
  }

  /// The names that `--format` has for it.
  package var names: [String] {
    switch self {
    case .delimited: ["csv"]
    case .workbook: ["xlsx"]
    case .json: ["json", "ndjson"]
    }
  }
}
