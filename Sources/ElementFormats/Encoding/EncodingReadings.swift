import ElementCore

/// What text says of its encoding that is valid both as UTF-8 and as GB 18030: sequences of two bytes, which are letters of a Western or Middle
/// Eastern script in the one and Chinese characters in the other.
///
/// García is written with one such letter inside a word; of Chinese text about every seventh character could be one, so that many different
/// ones never come together by chance.
package struct EncodingReadings: Sendable {
  /// What the text comes to.
  enum Verdict {
    /// UTF-8 beyond doubt.
    case utf8
    /// GB 18030 in all likelihood: as UTF-8 some characters would be none.
    case gb18030
    /// Either.
    case open
  }

  /// The characters as UTF-8 and as GB 18030, the first few of them.
  package private(set) var samples: [(utf8: UInt32, gb18030: UInt32)] = []
  private var distinct: Set<UInt32> = []
  private var (unassigned, other, hanzi) = (0, 0, 0)
  /// Characters in a word of Latin letters, and in none.
  private var (inWords, alone) = (0, 0)
  /// So many different ones are no chance.
  private static let enough = 8
  private static let sampleCount = 4

  /// Nothing seen.
  init() {}

  /// Looks at the characters beyond ASCII of a line that is valid in both.
  mutating func add(_ line: Span<UInt8>) {
    var index = 0
    while index < line.count {
      if line[index] < 0x80 {
        index += 1
        continue
      }
      let start = index
      var areLetters = true
      while index < line.count, line[index] >= 0x80 { areLetters = note(line, &index) && areLetters }
      let isInWord =
        areLetters && (start > 0 && Self.isLetter(line[start - 1]) || index < line.count && Self.isLetter(line[index]))
      if isInWord { inWords += 1 } else { alone += 1 }
    }
  }

  /// Takes a character; whether it is a letter, or a mark of one, as UTF-8.
  private mutating func note(_ line: Span<UInt8>, _ index: inout Int) -> Bool {
    let read = GB18030.shared.scalar(line, at: index)?.scalar ?? 0
    let scalar = UTF8Scan.scalar(line, at: &index)
    if (0x4E00...0x9FFF).contains(read) { hanzi += 1 } else { other += 1 }
    let category = Unicode.Scalar(scalar)?.properties.generalCategory
    if Self.isUnassigned(category) { unassigned += 1 }
    if distinct.count < EncodingReadings.enough, distinct.insert(scalar).inserted, samples.count < EncodingReadings.sampleCount
    {
      samples.append((scalar, read))
    }
    switch category {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark: return true
    default: return false
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// Whether no character, or a control character, stands at a place of U+0080 to U+07FF.
  private static func isUnassigned(_ category: Unicode.GeneralCategory?) -> Bool {
    switch category {
    case .unassigned, .control, .privateUse, .surrogate, nil: true
    default: false
    }
  }

  /// What the text comes to.
  var verdict: Verdict {
    // As GB 18030 it would not be Chinese.
    if other > hanzi { return .utf8 }
    if unassigned > 0 { return unassigned * 20 > hanzi || distinct.count < EncodingReadings.enough ? .gb18030 : .utf8 }
    if distinct.count >= EncodingReadings.enough { return .utf8 }
    // Chinese characters do not stand inside Latin words.
    return alone == 0 && inWords > 1 ? .utf8 : .open
  }
}
