/// An encoding that rosters come in.
package enum TextEncoding: String, Sendable, CaseIterable {
  /// UTF-8, with or without a mark.
  case utf8 = "utf-8"
  /// GB 18030-2022, of which GBK is a part.
  case gb18030
  /// UTF-16, the lower byte first.
  case utf16LittleEndian = "utf-16le"
  /// UTF-16, the higher byte first.
  case utf16BigEndian = "utf-16be"

  /// An encoding by any of its usual names; nil for others.
  package init?(name: String) {
    switch name.lowercased() {
    case "utf-8", "utf8", "utf-8-sig": self = .utf8
    case "gb18030", "gbk", "gb2312", "cp936", "ansi": self = .gb18030
    case "utf-16", "utf-16le", "utf16", "utf16le", "unicode": self = .utf16LittleEndian
    case "utf-16be", "utf16be": self = .utf16BigEndian
    default: return nil
    }
  }

  /// Whether the tokenizer can look for delimiters in the bytes as they stand.
  package var isASCIITransparent: Bool { self == .utf8 || self == .gb18030 }

  /// The number of bytes of the byte order mark that `head` starts with, 0 where there is none.
  package func markLength(_ head: [UInt8]) -> Int {
    let mark: [UInt8] =
      switch self {
      case .utf8: [0xEF, 0xBB, 0xBF]
      case .gb18030: [0x84, 0x31, 0x95, 0x33]
      case .utf16LittleEndian: [0xFF, 0xFE]
      case .utf16BigEndian: [0xFE, 0xFF]
      }
    return Array(head.prefix(mark.count)) == mark ? mark.count : 0
  }

  /// The encoding whose byte order mark stands at the start.
  package static func marked(_ head: [UInt8]) -> TextEncoding? {
    allCases.first { $0.markLength(head) > 0 }
  }
}
