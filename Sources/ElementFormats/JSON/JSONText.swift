import ElementCore

/// The content of a JSON string: read, where its escapes are known to be well-formed, and written.
enum JSONText {
  /// The value of a hexadecimal digit; nil for other bytes.
  static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x41...0x46: UInt32(byte) - 0x37
    case 0x61...0x66: UInt32(byte) - 0x57
    default: nil
    }
  }

  /// Whether the content of a string says a name.
  static func equals(_ name: [UInt8], _ bytes: Span<UInt8>, _ string: (content: FieldRange, isEscaped: Bool)) -> Bool {
    let content = bytes.extracting(string.content.indices)
    guard string.isEscaped else { return content.equals(name.span) }
    var text: [UInt8] = []
    return unescape(content, into: &text) && text == name
  }

  /// Appends the text with its escapes resolved; false where half of a surrogate pair stands alone, which is no character.
  static func unescape(_ bytes: Span<UInt8>, into out: inout [UInt8]) -> Bool {
    var place = 0
    while place < bytes.count {
      guard bytes[place] == 0x5C else {
        out.append(bytes[place])
        place += 1
        continue
      }
      switch bytes[place + 1] {
      case 0x62: out.append(0x08)
      case 0x66: out.append(0x0C)
      case 0x6E: out.append(0x0A)
      case 0x72: out.append(0x0D)
      case 0x74: out.append(0x09)
      case 0x75:
        let start = place
        guard let scalar = scalar(bytes, at: &place) else {
          // What was written is kept, for whoever corrects it.
          out += Array(span: bytes.extracting(start..<bytes.count))
          return false
        }
        UTF8Scan.append(scalar, to: &out)
        continue
      default: out.append(bytes[place + 1])
      }
      place += 2
    }
    return true
  }

  /// The character of an escape by number, or of two that make one; moves behind it.
  private static func scalar(_ bytes: Span<UInt8>, at place: inout Int) -> UInt32? {
    let first = unit(bytes, place + 2)
    place += 6
    guard (0xD800...0xDFFF).contains(first) else { return first }
    guard first < 0xDC00, place + 6 <= bytes.count, bytes[place] == 0x5C, bytes[place + 1] == 0x75 else { return nil }
    let second = unit(bytes, place + 2)
    guard (0xDC00...0xDFFF).contains(second) else { return nil }
    place += 6
    return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
  }

  private static func unit(_ bytes: Span<UInt8>, _ place: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 << 4 | (hexadecimal(bytes[place + $1]) ?? 0) }
  }

  /// Appends a text as a JSON string; only what must be is escaped.
  static func quote(_ text: Span<UInt8>, to out: inout [UInt8]) {
    out.append(0x22)
    for index in text.indices {
      let byte = text[index]
      switch byte {
      case 0x22, 0x5C: out += [0x5C, byte]
      case 0x0A: out += [0x5C, 0x6E]
      case 0x0D: out += [0x5C, 0x72]
      case 0x09: out += [0x5C, 0x74]
      case 0..<0x20: out += Array("\\u00".utf8) + [0x30 + byte >> 4, hexadecimalDigit(byte & 0xF)]
      default: out.append(byte)
      }
    }
    out.append(0x22)
  }

  private static func hexadecimalDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
