import ElementCore
import ElementFormats

/// Recognises text that was opened in the wrong encoding and saved again (`identifiers.md` §E.5).
package struct MojibakeDetector: Sendable {
  /// `beginningScalars`: a bit a character.
  private let beginners: [UInt64]
  /// 锟斤拷, 烫烫烫 and 屯屯屯: what filler bytes read as GBK begin with; `mustLook` has two characters of each.
  private static let fillers: [[UInt8]] = [
    [0xE9, 0x94, 0x9F, 0xE6, 0x96, 0xA4, 0xE6, 0x8B, 0xB7], [0xE7, 0x83, 0xAB, 0xE7, 0x83, 0xAB, 0xE7, 0x83, 0xAB],
    [0xE5, 0xB1, 0xAF, 0xE5, 0xB1, 0xAF, 0xE5, 0xB1, 0xAF],
  ]

  /// A detector.
  package init() {
    var bits = [UInt64](repeating: 0, count: 1 << 10)
    for scalar in Self.beginningScalars { bits[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63) }
    beginners = bits
  }

  /// Whether a name of ideographs begins in a way that damage begins, so that it is worth looking at.
  func mustLook(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= 6 else { return false }
    let head = bytes.word(at: 0, count: 6)
    if head == 0xA496_E69F_94E9 || head == 0xAB83_E7AB_83E7 || head == 0xAFB1_E5AF_B1E5 { return true }
    guard bytes[0] >= 0x80 else { return false }
    var index = 0
    let scalar = UTF8Scan.scalar(bytes, at: &index) & 0xFFFF
    return beginners[Int(scalar >> 6)] & 1 << UInt64(scalar & 63) != 0
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
    let gbkCodes = GB18030.shortCodes
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
