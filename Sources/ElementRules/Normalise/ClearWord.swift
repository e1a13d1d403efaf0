import ElementCore

/// The words that take a stored value away: `<清空>` and `<clear>`, brackets and letters half or full width, in any case.
enum ClearWord {
  private static let chinese = Array("清空".utf8)
  private static let english = Array("clear".utf8)
  /// The most bytes that one has, blanks at its ends aside.
  private static let longest = 21

  /// Whether a value says that what is stored goes.
  static func isClear(_ value: Span<UInt8>) -> Bool {
    guard value.count >= 7 else { return false }
    let inner = value.extracting(CodeFolding.trimmed(value))
    guard inner.count >= 7, inner.count <= longest, inner[0] == 0x3C || inner[0] == 0xEF else { return false }
    let text = folded(inner)
    guard text.first == 0x3C, text.last == 0x3E else { return false }
    let word = text.dropFirst().dropLast()
    return word.elementsEqual(chinese) || word.elementsEqual(english)
  }

  /// A short text with full width made half, and capitals small.
  private static func folded(_ text: Span<UInt8>) -> [UInt8] {
    var (out, place): ([UInt8], Int) = ([], 0)
    while place < text.count {
      var byte = text[place]
      place += 1
      // U+FF01 to U+FF5E are EF BC 81 to EF BD 9E: the printable ASCII characters from 21 on.
      if byte == 0xEF, place + 1 < text.count, text[place] == 0xBC || text[place] == 0xBD {
        byte = (text[place] & 1) << 6 | (text[place + 1] & 0x3F)
        byte += 0x20
        place += 2
      }
      out.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    }
    return out
  }
}
