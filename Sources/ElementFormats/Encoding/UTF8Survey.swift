import ElementCore

/// Counts the lines of a file, handed over in pieces, that are valid UTF-8, and remembers where others are not.
struct UTF8Survey: Sendable {
  /// Lines with a byte ≥ 0x80.
  private(set) var lines = 0
  /// Those that are not valid UTF-8.
  private(set) var invalidLines = 0
  /// The offset in the file, from 0, of the first invalid byte of each such line; nil where there are too many to keep.
  private(set) var invalidOffsets: [Int]? = []
  /// Whether a sequence of three or four bytes was seen: no other encoding makes one by chance in every line.
  private(set) var sawLongSequence = false
  /// Whether the file ends within a sequence and is valid up to there: a transfer that broke off, not another encoding.
  private(set) var isCutOff = false
  private static let offsetLimit = 100_000
  /// The beginning of a sequence that the end of a piece cut: at most three bytes.
  private var cut: [UInt8] = []
  private var lineIsHigh = false
  private var lineIsInvalid = false
  private var offset = 0

  /// Whether UTF-8 wins the vote as far as its own lines go: on 95 % of them, or on all but one.
  var isLikely: Bool { sawLongSequence && EncodingVote.wins(lines - invalidLines, of: lines) }

  /// Looks at the next piece.
  mutating func add(_ bytes: Span<UInt8>) {
    var index = 0
    while !cut.isEmpty, index < bytes.count {
      if bytes[index] & 0xC0 != 0x80 {
        fail(at: offset + index - cut.count)
        cut.removeAll()
        break
      }
      cut.append(bytes[index])
      index += 1
      if cut.count == Self.length(cut[0]) {
        if UTF8Scan.sequenceLength(cut.span, at: 0) == 0 { fail(at: offset + index - cut.count) }
        sawLongSequence = sawLongSequence || cut.count > 2
        cut.removeAll()
      }
    }
    scan(bytes, from: index)
    offset += bytes.count
  }

  /// Looks at the end of the file: a sequence that it cuts is invalid.
  mutating func finish() {
    if !cut.isEmpty {
      isCutOff = sawLongSequence && invalidLines == 0
      fail(at: offset - cut.count)
    }
    endLine()
  }

  private mutating func scan(_ bytes: Span<UInt8>, from start: Int) {
    var index = start
    while index + 8 <= bytes.count {
      if lineIsInvalid, ByteWord(bytes.word(at: index)).below(0x0E) == 0 {
        // Nothing more is asked of a line that is invalid but where it ends.
        index += 8
        continue
      }
      // A word that is not plain is gone over byte by byte.
      let (boundary, stop) = lineIsInvalid ? (index, index + 8) : scanPlain(bytes, from: index)
      index = boundary
      while index < min(stop, bytes.count) { index += step(bytes, at: index) }
    }
    while index < bytes.count { index += step(bytes, at: index) }
  }

  /// Goes over words without a branch a character: bytes that must continue a sequence are compared with those that do.
  ///
  /// Returns where the sequence begins at which it stopped, and the end of the word that was not plain: one that is invalid
  /// or has a lead byte with more to ask of its second byte (C0, C1, E0, ED, F0 and above).
  private mutating func scanPlain(_ bytes: Span<UInt8>, from start: Int) -> (boundary: Int, stop: Int) {
    var index = start
    // Continuation bytes that the word before leaves to be seen, at the places of this one.
    var due: UInt64 = 0
    var (seenHigh, seenThree): (UInt64, UInt64) = (0, 0)
    // Leads in the last two bytes of a word: whether their sequences are whole is for the next one to say.
    var openThree: UInt64 = 0
    while index + 8 <= bytes.count {
      let word = ByteWord(bytes.word(at: index))
      let high = word.high
      // Bit 6 and 5 of each byte, moved to its highest.
      let (second, third) = (word.bits << 1, word.bits << 2)
      let lead = high & second
      let three = lead & third
      let expected = due | lead << 8 | three << 16
      if high & ~second != expected || Self.isSpecial(word, lead) { break }
      due = lead >> 56 | three >> 48
      seenThree |= three & 0x0000_8080_8080_8080 | openThree
      openThree = three & 0x8080_0000_0000_0000
      if word.below(0x0E) != 0 {
        lineIsHigh = lineIsHigh || seenHigh != 0
        seenHigh = countLines(word)
      } else {
        seenHigh |= high
      }
      index += 8
    }
    lineIsHigh = lineIsHigh || seenHigh != 0
    sawLongSequence = sawLongSequence || seenThree != 0
    var boundary = index
    if due != 0 {
      boundary -= 1
      while bytes[boundary] & 0xC0 == 0x80 { boundary -= 1 }
    }
    return (boundary, index + 8)
  }

  /// Whether a lead byte among them restricts its second byte, or is none: of the bits below its length one pattern each.
  @inline(__always)
  private static func isSpecial(_ word: ByteWord, _ lead: UInt64) -> Bool {
    lead & (word.bits << 2 & word.bits << 3 | word.equal(0xE0) | word.equal(0xED) | word.equal(0xC0) | word.equal(0xC1)) != 0
  }

  /// Ends the lines that end in a word and returns the bytes ≥ 0x80 behind the last of them.
  private mutating func countLines(_ word: ByteWord) -> UInt64 {
    var high = word.high
    var ends = word.below(0x0E)
    while ends != 0 {
      let bit = ends & (0 &- ends)
      let byte = UInt8(truncatingIfNeeded: word.bits >> UInt64(bit.trailingZeroBitCount & 0x38))
      if byte == 0x0A || byte == 0x0D {
        if high & (bit - 1) != 0 { lineIsHigh = true }
        endLine()
        high &= ~(bit - 1)
      }
      ends &= ends - 1
    }
    return high
  }

  /// How far to go on from `index`: over one byte or one sequence; a sequence that the piece cuts is kept.
  private mutating func step(_ bytes: Span<UInt8>, at index: Int) -> Int {
    let lead = bytes[index]
    if lead < 0x80 {
      if lead == 0x0A || lead == 0x0D { endLine() }
      return 1
    }
    lineIsHigh = true
    if lineIsInvalid { return 1 }
    let length = UTF8Scan.sequenceLength(bytes, at: index)
    if length > 2 { sawLongSequence = true }
    if length > 0 { return length }
    if index + Self.length(lead) > bytes.count, Self.continues(bytes, index + 1) {
      for place in index..<bytes.count { cut.append(bytes[place]) }
      return bytes.count - index
    }
    fail(at: offset + index)
    return 1
  }

  private static func continues(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    for index in start..<bytes.count where bytes[index] & 0xC0 != 0x80 { return false }
    return true
  }

  private mutating func fail(at place: Int) {
    lineIsHigh = true
    if lineIsInvalid { return }
    lineIsInvalid = true
    invalidLines += 1
    if (invalidOffsets?.count ?? 0) < Self.offsetLimit { invalidOffsets?.append(place) } else { invalidOffsets = nil }
  }

  /// The length that a lead byte asks for; 1 for bytes that lead nothing.
  private static func length(_ lead: UInt8) -> Int { lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1 }

  private mutating func endLine() {
    if lineIsHigh { lines += 1 }
    lineIsHigh = false
    lineIsInvalid = false
  }
}
