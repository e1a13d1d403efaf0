import ElementCore

/// Text as a workbook keeps it (ECMA-376 part 1, 22.9.2.19): what XML does not have, or would change, as `_xHHHH_`.
enum XLSXText {
  /// Appends a text; one that looks like such a mark is told apart by escaping its first character.
  static func escape(_ text: Span<UInt8>, to out: inout [UInt8]) {
    if isPlain(text) { return out.append(span: text) }
    var plain = 0
    var index = 0
    while index < text.count {
      guard let (unit, length) = marked(text, index) else {
        index += 1
        continue
      }
      XMLText.escape(text.extracting(plain..<index), inAttribute: false, to: &out)
      let digits = String(unit, radix: 16, uppercase: true)
      out += Array("_x\(String(repeating: "0", count: 4 - digits.count))\(digits)_".utf8)
      index += length
      plain = index
    }
    XMLText.escape(text.extracting(plain..<text.count), inAttribute: false, to: &out)
  }

  /// Whether a text is written as it is for sure: it has none of the bytes that something begins with that is not.
  private static func isPlain(_ text: Span<UInt8>) -> Bool {
    for index in text.indices {
      switch text[index] {
      case 0..<0x20, 0x26, 0x3C, 0x3E, 0x5F: return false
      case 0xEF where index + 1 < text.count && text[index + 1] == 0xBF: return false
      default: continue
      }
    }
    return true
  }

  /// The character at a place that is written by number, and its length in bytes; nil where it is written as it is.
  private static func marked(_ text: Span<UInt8>, _ index: Int) -> (unit: UInt32, length: Int)? {
    let byte = text[index]
    if byte < 0x20, byte != 0x09, byte != 0x0A { return (UInt32(byte), 1) }
    if byte == 0x5F, isMark(text, index) { return (0x5F, 1) }
    // U+FFFE and U+FFFF.
    guard byte == 0xEF, index + 2 < text.count, text[index + 1] == 0xBF, text[index + 2] >= 0xBE else { return nil }
    return (0xFFC0 + UInt32(text[index + 2] & 0x3F), 3)
  }

  /// Whether `_xHHHH_` stands at a place.
  static func isMark(_ text: Span<UInt8>, _ index: Int) -> Bool {
    guard index + 6 < text.count, text[index + 1] == 0x78, text[index + 6] == 0x5F else { return false }
    return (index + 2..<index + 6).allSatisfy { JSONText.hexadecimal(text[$0]) != nil }
  }
}
