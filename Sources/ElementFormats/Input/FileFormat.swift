import ElementCore

/// What kind of file a roster is, told by its first bytes and never by its name.
package enum FileFormat: Sendable, Hashable {
  /// Text with delimiters.
  case delimited
  /// A ZIP archive: a workbook, or something that will be refused by its real name.
  case workbook
  /// JSON: an array, an object, or lines of objects.
  case json
  /// XML.
  case xml

  /// The kind of a file that starts with these bytes.
  package init(_ head: [UInt8]) {
    if head.span.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .workbook
      return
    }
    let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
    let significant = text.filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }.prefix(2)
    self = FileFormat.json(significant) ? .json : FileFormat.xml(head) ? .xml : .delimited
  }

  /// Whether text that begins with these bytes, white space aside, is JSON: a bracket alone may begin a heading too.
  private static func json(_ start: ArraySlice<UInt8>) -> Bool {
    guard let first = start.first else { return false }
    let second = start.dropFirst().first
    return first == 0x7B
      ? second == 0x22 || second == 0x7D : first == 0x5B && [0x7B, 0x5D, 0x5B, 0x22, nil].contains(second)
  }

  /// Whether text that begins with these bytes is markup, in UTF-16 too: `<` and a name, a comment or a declaration.
  private static func xml(_ head: [UInt8]) -> Bool {
    let start = head.prefix(64).drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 == 0xFE || $0 == 0xFF }
    let text = start.filter { $0 != 0 }
    guard text.count > 1, text[0] == 0x3C else { return false }
    let next = text[1]
    return next == 0x3F || next == 0x21 || next == 0x5F || next >= 0x80 || (0x61...0x7A).contains(next | 0x20)
  }

  /// The names that `--format` has for it.
  package var names: [String] {
    switch self {
    case .delimited: ["csv"]
    case .workbook: ["xlsx"]
    case .json: ["json", "ndjson"]
    case .xml: ["xml"]
    }
  }
}
