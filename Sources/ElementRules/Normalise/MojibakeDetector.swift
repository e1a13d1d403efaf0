import ElementCore
import ElementFormats

/// Recognises text that was opened in the wrong encoding and saved again (`identifiers.md` §E.5).
package struct MojibakeDetector: Sendable {
  private let gbkCodes: [UInt16]
  /// 锟, 烫 and 屯: what filler bytes read as GBK begin with.
  private static let fillers: [[UInt8]] = [
    [0xE9, 0x94, 0x9F, 0xE6, 0x96, 0xA4, 0xE6, 0x8B, 0xB7], [0xE7, 0x83, 0xAB, 0xE7, 0x83, 0xAB, 0xE7, 0x83, 0xAB],
    [0xE5, 0xB1, 0xAF, 0xE5, 0xB1, 0xAF, 0xE5, 0xB1, 0xAF],
  ]

  /// A detector; its table is made from the decoder's.
  package init() {
    gbkCodes = GB18030.shared.reverseTable()
  }

  /// Whether a name of ideographs begins in a way that damage begins, so that it is worth looking at.
  func mustLook(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= 6 else { return false }
    // 锟, 烫 and 屯 begin with E9, E7 and E5; most names and addresses do not begin with them.
    if bytes[0] == 0xE9 || bytes[0] == 0xE7 || bytes[0] == 0xE5, Self.fillers.contains(where: { bytes.starts(with: $0) }) {
      return true
    }
    guard bytes[0] >= 0x80 else { return false }
    var index = 0
    let code = gbkCodes[Int(UTF8Scan.scalar(bytes, at: &index) & 0xFFFF)]
    return code >> 8 >= 0xE4 && code >> 8 <= 0xE9 && code & 0xFF >= 0x80 && code & 0xFF < 0xC0
  }

  /// Whether the text is damaged: filler, UTF-8 read as GBK, or either read as a Western code page.
  package func isMojibake(_ bytes: Span<UInt8>) -> Bool {
    for start in 0..<max(1, bytes.count - 8) {
      let rest = bytes.extracting(start..<bytes.count)
      if Self.fillers.contains(where: { rest.starts(with: $0) }) { return true }
    }
    if bytes.isASCII { return false }
    return readAsGBK(bytes).map { Self.isChinese($0.span) } ?? false || isWestern(bytes)
  }

  /// The bytes that the text had if it was read as GBK; nil where GBK lacks one of its characters.
  private func readAsGBK(_ bytes: Span<UInt8>) -> [UInt8]? {
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let scalar = UTF8Scan.scalar(bytes, at: &index)
      if scalar < 0x80 {
        out.append(UInt8(scalar))
      } else {
        guard scalar < 0x10000, gbkCodes[Int(scalar)] > 0 else { return nil }
        out.append(UInt8(gbkCodes[Int(scalar)] >> 8))
        out.append(UInt8(gbkCodes[Int(scalar)] & 0xFF))
      }
    }
    return out
  }

  /// Valid UTF-8 of which every character beyond ASCII is a common ideograph.
  private static func isChinese(_ bytes: Span<UInt8>) -> Bool {
    guard UTF8Scan.isValid(bytes) else { return false }
    var ideographs = 0
    var index = 0
    while index < bytes.count {
      let scalar = UTF8Scan.scalar(bytes, at: &index)
      if scalar >= 0x80 {
        guard (0x4E00...0x9FFF).contains(scalar) else { return false }
        ideographs += 1
      }
    }
    return ideographs > 0
  }

  /// Two or more Latin-1 letters and no ideograph, whose bytes are Chinese in UTF-8 or GB 18030.
  private func isWestern(_ bytes: Span<UInt8>) -> Bool {
    var out: [UInt8] = []
    var high = 0
    var index = 0
    while index < bytes.count {
      let scalar = UTF8Scan.scalar(bytes, at: &index)
      guard scalar < 0x100 else { return false }
      if scalar >= 0x80 { high += 1 }
      out.append(UInt8(scalar))
    }
    guard high >= 2, high == out.count else { return false }
    if Self.isChinese(out.span) { return true }
    var decoded: [UInt8] = []
    return GB18030.shared.decode(out.span, into: &decoded) && Self.isChinese(decoded.span)
  }
}
