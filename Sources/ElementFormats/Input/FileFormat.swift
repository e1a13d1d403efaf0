import ElementCore

/// What kind of file a roster is, told by its first bytes and never by its name.
package enum FileFormat: Sendable, Hashable {
  /// So much tells what kind of file it is.
  static let headSize = 4_096

  /// Text with delimiters.
  case delimited
  /// A ZIP archive: a workbook, or something that will be refused by its real name.
  case workbook
  /// JSON: an array, an object, or lines of objects.
  case json
  case xml
  /// A table of a file that was opened as what it is; no head tells it.
  case table

  /// The kind of a file that starts with these bytes.
  package init(_ head: [UInt8]) {
    if head.span.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      self = .workbook
      return
    }
    // Of UTF-16 every other byte of markup is zero; what is not ASCII does not matter here.
    let marks: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0]
    let isWide = head.prefix(4).contains(0) || head.span.starts(with: [0xFF, 0xFE]) || head.span.starts(with: [0xFE, 0xFF])
    let text = isWide ? head.filter { $0 != 0 } : head
    let significant = text.drop { marks.contains($0) || $0 <= 0x20 }.lazy.filter { $0 > 0x20 }.prefix(2)
    self = FileFormat.json(Array(significant)[...]) ? .json : FileFormat.xml(text) ? .xml : .delimited
  }

  /// Whether text that begins with these bytes, white space aside, is JSON: a bracket alone may begin a heading too.
  private static func json(_ start: ArraySlice<UInt8>) -> Bool {
    guard let first = start.first else { return false }
    let second = start.dropFirst().first
    return first == 0x7B
      ? second == 0x22 || second == 0x7D : first == 0x5B && [0x7B, 0x5D, 0x5B, 0x22, nil].contains(second)
  }

  /// Whether text that begins with these bytes is markup: a comment, a declaration, or the tag of an element that text does not
  /// follow on its line, unless a tag ends there too: `<必填>姓名` is a heading.
  private static func xml(_ head: [UInt8]) -> Bool {
    let text = head.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 == 0xFE || $0 == 0xFF }
    guard text.count > 1, text.first == 0x3C, let next = text.dropFirst().first else { return false }
    if next == 0x3F || next == 0x21 { return true }
    guard next == 0x5F || next >= 0x80 || (0x61...0x7A).contains(next | 0x20) else { return false }
    guard let end = text.firstIndex(of: 0x3E) else { return true }
    let behind = text[(end + 1)...].prefix { $0 != 0x0A && $0 != 0x0D }
    guard let first = behind.first(where: { $0 > 0x20 }), first != 0x3C else { return true }
    return zip(behind, behind.dropFirst()).contains { ($0 == 0x3C && $1 == 0x2F) || ($0 == 0x2F && $1 == 0x3E) }
  }

  /// Whether text that begins like delimited text may be this, where somebody says so: the first character that is not blank decides.
  func mayBegin(with head: [UInt8]) -> Bool {
    let first = head.first { $0 > 0x20 && $0 < 0x80 }
    return switch self {
    case .json: first == 0x7B || first == 0x5B
    case .xml: first == 0x3C
    case .delimited: true
    case .workbook, .table: false
    }
  }

  /// The names that `--format` has for it.
  package var names: [String] {
    switch self {
    case .delimited: ["csv"]
    case .workbook: ["xlsx"]
    case .json: ["json", "ndjson"]
    case .xml: ["xml"]
    case .table: []
    }
  }
}
