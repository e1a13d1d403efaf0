import ElementCore

/// Text as XML 1.0 writes it.
enum XMLText {
  /// Appends a text with what is markup escaped, and what a reader would change: CR, and in attributes white space.
  static func escape(_ text: Span<UInt8>, inAttribute: Bool, to out: inout [UInt8]) {
    for index in text.indices {
      let byte = text[index]
      switch byte {
      case 0x26: out += Array("&amp;".utf8)
      case 0x3C: out += Array("&lt;".utf8)
      case 0x3E: out += Array("&gt;".utf8)
      case 0x0D: out += Array("&#13;".utf8)
      case 0x22 where inAttribute: out += Array("&quot;".utf8)
      case 0x09 where inAttribute: out += Array("&#9;".utf8)
      case 0x0A where inAttribute: out += Array("&#10;".utf8)
      default: out.append(byte)
      }
    }
  }

  /// The first character that XML 1.0 (2.2) does not have, even by number; nil where there is none.
  static func forbidden(_ text: Span<UInt8>) -> UInt32? {
    for index in text.indices {
      let byte = text[index]
      if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0D { return UInt32(byte) }
      // U+FFFE and U+FFFF.
      if byte == 0xEF, index + 2 < text.count, text[index + 1] == 0xBF, text[index + 2] >= 0xBE {
        return 0xFFC0 + UInt32(text[index + 2] & 0x3F)
      }
    }
    return nil
  }

  /// Whether the text can name an element for every parser: a Name of XML 1.0 from its first edition (2.3, appendix B) on, of
  /// ASCII and ideographs, without a colon, and not one of XML's own. Expat and others still refuse what came later.
  static func isName(_ text: Span<UInt8>) -> Bool {
    if text.count == 0 || startsAsXML(text) { return false }
    var index = 0
    while index < text.count {
      let isFirst = index == 0
      let scalar = UTF8Scan.scalar(text, at: &index)
      guard starts.contains(where: { $0.contains(scalar) }) || (!isFirst && inner.contains { $0.contains(scalar) }) else {
        return false
      }
    }
    return true
  }

  private static func startsAsXML(_ text: Span<UInt8>) -> Bool {
    text.count >= 3 && text[0] | 0x20 == 0x78 && text[1] | 0x20 == 0x6D && text[2] | 0x20 == 0x6C
  }

  private static let starts: [ClosedRange<UInt32>] = [
    0x41...0x5A, 0x5F...0x5F, 0x61...0x7A, 0x3007...0x3007, 0x4E00...0x9FA5,
  ]
  private static let inner: [ClosedRange<UInt32>] = [0x2D...0x2E, 0x30...0x39]
}
