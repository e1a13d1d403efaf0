import ElementCore

/// What was odd about a name or a text.
struct TextTraits: OptionSet, Sendable {
  /// The bits.
  let rawValue: UInt16

  /// A control character.
  static let control = TextTraits(rawValue: 1)
  /// The replacement character.
  static let replacement = TextTraits(rawValue: 2)
  /// A question mark for a lost character.
  static let questionMark = TextTraits(rawValue: 4)
  /// A private-use character without a meaning.
  static let privateUse = TextTraits(rawValue: 8)
  /// Text opened in the wrong encoding.
  static let mojibake = TextTraits(rawValue: 16)
  /// Ideographs beside digits or letters.
  static let mixed = TextTraits(rawValue: 32)
  /// A description in place of a rare character.
  static let placeholder = TextTraits(rawValue: 64)
  /// Another dot made the interpunct.
  static let fixInterpunct = TextTraits(rawValue: 128)
  /// Invisible characters removed.
  static let fixInvisible = TextTraits(rawValue: 256)
  /// Blanks inside a name removed.
  static let fixInnerSpace = TextTraits(rawValue: 512)
  /// Radicals made ideographs.
  static let fixRadical = TextTraits(rawValue: 1024)
  /// Private-use characters made what they stand for.
  static let fixPrivateUse = TextTraits(rawValue: 2048)
  /// Line breaks made one kind.
  static let fixLineBreak = TextTraits(rawValue: 4096)
  /// A dot that parts nothing: doubled, at an end, or beside blanks.
  static let strayDot = TextTraits(rawValue: 8192)
}

/// Normalises names and texts by the policy of `identifiers.md` §E.6 and says what was odd.
struct TextNormaliser: Sendable {
  private let mojibake: MojibakeDetector

  /// A normaliser that knows damaged text.
  init(mojibake: MojibakeDetector) {
    self.mojibake = mojibake
  }

  /// Whether a name is plain: common ideographs only, none of them a sign of damage.
  @inline(__always)
  func isPlainName(_ bytes: Span<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      // Three-byte sequences from E4 to E9 are U+4000 to U+9FFF.
      guard lead >= 0xE4, lead <= 0xE9, index + 2 < bytes.count else { return false }
      index += 3
    }
    return !bytes.isEmpty && !mojibake.mustLook(bytes)
  }

  /// Whether a text is plain: no control character, nothing from the private-use areas or behind them, no sign of damage.
  func isPlainText(_ bytes: Span<UInt8>) -> Bool {
    let count = bytes.count
    var odd: UInt64 = 0
    if count < 8 {
      // A space in the bytes that are not there is plain.
      odd = Self.odd(bytes.word(at: 0, count: count) | 0x2020_2020_2020_2020 << UInt64(count * 8))
    } else {
      var index = 0
      while index + 8 < count {
        odd |= Self.odd(bytes.word(at: index))
        index += 8
      }
      // The last word may overlap the one before.
      odd |= Self.odd(bytes.word(at: count - 8))
    }
    return odd == 0 && !mojibake.mustLook(bytes)
  }

  /// Bytes that no plain text has; zero only where there are none.
  @inline(__always)
  private static func odd(_ bits: UInt64) -> UInt64 {
    let word = ByteWord(bits)
    // From 0xEE on: the high bit, and at least 0x6E below it.
    let beyond = bits & ((bits & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x1212_1212_1212_1212) & 0x8080_8080_8080_8080
    return word.below(0x20) | word.equal(0x7F) | word.equal(0xC2) | beyond
  }

  /// The name normalised, and what was odd; `bytes` are trimmed and valid.
  func name(_ bytes: Span<UInt8>) -> (bytes: [UInt8], traits: TextTraits) {
    var traits = common(bytes)
    let scalars = Self.scalars(bytes)
    var out: [UInt32] = []
    for (index, scalar) in scalars.enumerated() {
      if CharacterTables.isInvisible(scalar) {
        traits.insert(.fixInvisible)
      } else if CharacterTables.isInterpunct(scalar) && scalar != 0xB7 && Self.isInside(scalars, index) {
        traits.insert(.fixInterpunct)
        out.append(0xB7)
      } else if let replacement = CharacterTables.radicals[scalar] {
        traits.insert(.fixRadical)
        out.append(replacement)
      } else if let replacement = CharacterTables.privateUse[scalar] {
        traits.insert(.fixPrivateUse)
        out.append(replacement)
      } else if Self.isBlank(scalar), Self.isBetweenIdeographs(scalars, index) {
        traits.insert(.fixInnerSpace)
      } else {
        if (0x2FF0...0x2FFB).contains(scalar) || scalar == 0x28 || scalar == 0xFF08 { traits.insert(.placeholder) }
        if scalar == 0x3F || scalar == 0xFF1F { traits.insert(.questionMark) }
        out.append(scalar)
      }
    }
    if Self.isMixed(out) { traits.insert(.mixed) }
    if Self.withoutStrayDots(out).count < out.count { traits.insert(.strayDot) }
    return (Self.bytes(out), traits)
  }

  /// A normalised name with one dot between two parts and no blank beside it.
  static func withoutStrayDots(_ bytes: Span<UInt8>) -> [UInt8] { Self.bytes(withoutStrayDots(scalars(bytes))) }

  private static func withoutStrayDots(_ scalars: [UInt32]) -> [UInt32] {
    guard scalars.contains(0xB7) else { return scalars }
    let parts = scalars.split(separator: 0xB7).map { part in
      part.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    }
    return Array(parts.filter { !$0.isEmpty }.joined(separator: [0xB7]))
  }

  /// A text normalised, and what was odd.
  func text(_ bytes: Span<UInt8>) -> (bytes: [UInt8], traits: TextTraits) {
    var traits = common(bytes)
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let scalar = UTF8Scan.scalar(bytes, at: &index)
      if scalar == 0x0D {
        traits.insert(.fixLineBreak)
        if index < bytes.count, bytes[index] == 0x0A { index += 1 }
        out.append(0x0A)
      } else if let replacement = CharacterTables.privateUse[scalar] {
        traits.insert(.fixPrivateUse)
        UTF8Scan.append(replacement, to: &out)
      } else {
        UTF8Scan.append(scalar, to: &out)
      }
    }
    return (out, traits)
  }

  private func common(_ bytes: Span<UInt8>) -> TextTraits {
    var traits: TextTraits = mojibake.isMojibake(bytes) ? .mojibake : []
    var index = 0
    while index < bytes.count {
      let scalar = UTF8Scan.scalar(bytes, at: &index)
      if scalar < 0x20, scalar != 0x0A, scalar != 0x0D, scalar != 0x09 { traits.insert(.control) }
      if (0x7F..<0xA0).contains(scalar) { traits.insert(.control) }
      if scalar == 0xFFFD { traits.insert(.replacement) }
      if CharacterTables.isPrivateUse(scalar), CharacterTables.privateUse[scalar] == nil { traits.insert(.privateUse) }
    }
    return traits
  }

  private static func scalars(_ bytes: Span<UInt8>) -> [UInt32] {
    var out: [UInt32] = []
    var index = 0
    while index < bytes.count { out.append(UTF8Scan.scalar(bytes, at: &index)) }
    return out
  }

  private static func bytes(_ scalars: [UInt32]) -> [UInt8] {
    var out: [UInt8] = []
    for scalar in scalars { UTF8Scan.append(scalar, to: &out) }
    return out
  }

  private static func isBlank(_ scalar: UInt32) -> Bool {
    scalar == 0x20 || scalar == 0x3000 || scalar == 0xA0 || scalar == 0x09
  }

  /// A dot counts as the interpunct only between two ideographs.
  private static func isInside(_ scalars: [UInt32], _ index: Int) -> Bool {
    index > 0 && index + 1 < scalars.count && CharacterTables.isIdeograph(scalars[index - 1])
      && CharacterTables.isIdeograph(scalars[index + 1])
  }

  private static func isBetweenIdeographs(_ scalars: [UInt32], _ index: Int) -> Bool {
    let before = scalars[..<index].last { !isBlank($0) }
    let after = scalars[(index + 1)...].first { !isBlank($0) }
    return before.map(CharacterTables.isIdeograph) ?? false && after.map(CharacterTables.isIdeograph) ?? false
  }

  /// Ideographs beside digits or Latin letters.
  private static func isMixed(_ scalars: [UInt32]) -> Bool {
    let hasIdeograph = scalars.contains(where: CharacterTables.isIdeograph)
    let hasDigit = scalars.contains { (0x30...0x39).contains($0) || (0xFF10...0xFF19).contains($0) }
    let hasLatin = scalars.contains { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    return hasDigit || (hasIdeograph && hasLatin)
  }
}
