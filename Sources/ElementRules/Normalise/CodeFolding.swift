import ElementCore

/// Makes the writing of codes and numbers one: no blanks at the ends, narrow, upper case, no separators.
package enum CodeFolding {
  /// What folding came to.
  struct Folded {
    /// The value folded.
    var bytes: [UInt8]
    /// What was done.
    var fixes: Verdict
  }

  /// Whether the bytes are digits and upper-case letters only, so that there is nothing to fold.
  static func isPlain(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where !(bytes[index] &- 0x30 <= 9 || bytes[index] &- 0x41 <= 25) { return false }
    return true
  }

  /// Whether a text that is not empty may begin or end with white space: the first and last byte tell for most.
  @inline(__always)
  static func mayHaveBlankEnds(_ bytes: Span<UInt8>) -> Bool {
    let (first, last) = (bytes[0], bytes[bytes.count - 1])
    return first <= 0x20 || last <= 0x20 || first == 0xC2 || first == 0xE3 || first == 0xEF || last == 0x80 || last == 0xA0
      || last == 0xBF
  }

  /// The range of the bytes without white space at the ends: ASCII blanks, U+00A0, U+3000 and U+FEFF.
  package static func trimmed(_ bytes: Span<UInt8>) -> Range<Int> {
    var start = 0
    var end = bytes.count
    while start < end {
      let length = blankLength(bytes, at: start, before: end)
      if length == 0 { break }
      start += length
    }
    while end > start {
      let length = blankLength(bytes, endingAt: end, after: start)
      if length == 0 { break }
      end -= length
    }
    return start..<end
  }

  private static func blankLength(_ bytes: Span<UInt8>, at index: Int, before end: Int) -> Int {
    if bytes[index] <= 0x20 { return isBlank(bytes[index]) ? 1 : 0 }
    if index + 2 <= end, bytes[index] == 0xC2, bytes[index + 1] == 0xA0 { return 2 }
    guard index + 3 <= end else { return 0 }
    return isWideBlank(bytes[index], bytes[index + 1], bytes[index + 2]) ? 3 : 0
  }

  private static func blankLength(_ bytes: Span<UInt8>, endingAt end: Int, after start: Int) -> Int {
    if bytes[end - 1] <= 0x20 { return isBlank(bytes[end - 1]) ? 1 : 0 }
    if end - 2 >= start, bytes[end - 2] == 0xC2, bytes[end - 1] == 0xA0 { return 2 }
    guard end - 3 >= start else { return 0 }
    return isWideBlank(bytes[end - 3], bytes[end - 2], bytes[end - 1]) ? 3 : 0
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func isWideBlank(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    (first == 0xE3 && second == 0x80 && third == 0x80) || (first == 0xEF && second == 0xBB && third == 0xBF)
  }

  /// Folds a value: full-width forms made narrow, letters upper case, a leading apostrophe and, where asked, blanks and
  /// hyphens removed.
  static func fold(_ bytes: Span<UInt8>, dropsSeparators: Bool) -> Folded {
    let range = trimmed(bytes)
    var folded = Folded(bytes: [], fixes: range.count == bytes.count ? [] : .fixTrim)
    var index = range.lowerBound
    while index < range.upperBound {
      var scalar = UTF8Scan.scalar(bytes, at: &index)
      if (0xFF01...0xFF5E).contains(scalar) {
        scalar -= 0xFEE0
        folded.fixes.insert(.fixWidth)
      }
      if (0x61...0x7A).contains(scalar) {
        scalar -= 0x20
        folded.fixes.insert(.fixCase)
      }
      if CharacterTables.isInvisible(scalar) {
        folded.fixes.insert(.fixInvisible)
        continue
      }
      if folded.bytes.isEmpty, scalar == 0x27 || scalar == 0x2018 || scalar == 0x2019 || scalar == 0x60 {
        folded.fixes.insert(.fixQuote)
        continue
      }
      if dropsSeparators,
        scalar == 0x20 || scalar == 0x2D || scalar == 0xA0 || scalar == 0x3000 || scalar == 0x2010 || scalar == 0x2013
      {
        folded.fixes.insert(.fixSeparator)
        continue
      }
      UTF8Scan.append(scalar, to: &folded.bytes)
    }
    return folded
  }

  /// The value with look-alikes replaced: O by 0, I and L by 1, and letters that look like X by X; nil where there are none.
  static func withoutHomoglyphs(_ bytes: [UInt8], allowsX: Bool) -> [UInt8]? {
    var out: [UInt8] = []
    var changed = false
    var index = 0
    while index < bytes.count {
      let scalar = UTF8Scan.scalar(bytes.span, at: &index)
      var replacement = scalar
      switch scalar {
      case 0x4F, 0x41E, 0x39F: replacement = 0x30
      case 0x49, 0x4C, 0x406, 0x399: replacement = 0x31
      case 0x3A7, 0x3C7, 0x425, 0x445, 0x2169, 0x2179, 0xD7, 0x2715, 0x2716: replacement = allowsX ? 0x58 : scalar
      default: break
      }
      changed = changed || replacement != scalar
      UTF8Scan.append(replacement, to: &out)
    }
    return changed ? out : nil
  }
}
