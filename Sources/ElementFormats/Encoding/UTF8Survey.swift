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
      if lineIsInvalid {
        // Nothing more is asked of a line that is invalid but where it ends.
        while index + 32 <= bytes.count, Self.isZero(Self.below(bytes.words(at: index), 0x0E)) { index += 32 }
        while index + 8 <= bytes.count, ByteWord(bytes.word(at: index)).below(0x0E) == 0 { index += 8 }
        if index + 8 > bytes.count { break }
        index += ByteWord(bytes.word(at: index)).below(0x0E).trailingZeroBitCount >> 3
        index += step(bytes, at: index)
        continue
      }
      index = scanBlocks(bytes, from: index)
      // A word that is not plain is gone over byte by byte.
      let (boundary, stop) = scanPlain(bytes, from: index)
      index = boundary
      while index < min(stop, bytes.count), !lineIsInvalid { index += step(bytes, at: index) }
    }
    while index < bytes.count { index += step(bytes, at: index) }
  }

  /// Goes over four words at a time without a branch a character: bytes that must continue a sequence, because of what stands one
  /// or two bytes before them, are compared with those that do.
  ///
  /// Begins between sequences and returns where it stopped between others: before a block that is invalid, has a lead byte of
  /// another sequence than one of three bytes, or one with more to ask of its second byte (E0, ED), or is not whole.
  private mutating func scanBlocks(_ bytes: Span<UInt8>, from start: Int) -> Int {
    // What stands before the first block must be there too.
    guard start >= 2 else { return start }
    let highBits = SIMD4<UInt64>(repeating: 0x8080_8080_8080_8080)
    var index = start
    var (seenHigh, seenThree) = (SIMD4<UInt64>.zero, SIMD4<UInt64>.zero)
    while index + 32 <= bytes.count {
      let block = bytes.words(at: index)
      var (before, earlier) = (bytes.words(at: index - 1), bytes.words(at: index - 2))
      if index == start {
        // What stands before the first block asks nothing of it, whatever it is.
        before[0] &= ~0xFF
        earlier[0] &= ~0xFFFF
      }
      let high = block & highBits
      // Bit 6 of each byte, moved to its highest.
      let due = (before & before &<< 1 | earlier & earlier &<< 1) & highBits
      let broken = high & ~(block &<< 1) ^ due | Self.special(block, high)
      let ends = Self.below(block, 0x0E)
      if Self.isZero(broken | ends) {
        seenHigh |= high
      } else {
        if !Self.isZero(broken) { break }
        lineIsHigh = lineIsHigh || !Self.isZero(seenHigh)
        seenHigh = SIMD4(countLines(block), 0, 0, 0)
      }
      seenThree |= due
      index += 32
    }
    lineIsHigh = lineIsHigh || !Self.isZero(seenHigh)
    sawLongSequence = sawLongSequence || !Self.isZero(seenThree)
    // A sequence that the last block begins is for those to say who go on.
    if index == start { return start }
    return bytes[index - 1] >= 0xC0 ? index - 1 : bytes[index - 2] >= 0xE0 ? index - 2 : index
  }

  @inline(__always)
  private static func isZero(_ words: SIMD4<UInt64>) -> Bool { words[0] | words[1] | words[2] | words[3] == 0 }

  /// What `ByteWord.below` answers, of four words.
  @inline(__always)
  private static func below(_ words: SIMD4<UInt64>, _ limit: UInt64) -> SIMD4<UInt64> {
    (words &- SIMD4(repeating: 0x0101_0101_0101_0101 &* limit)) & ~words & SIMD4(repeating: 0x8080_8080_8080_8080)
  }

  /// Lead bytes that are not of three bytes, or restrict the second.
  @inline(__always)
  private static func special(_ block: SIMD4<UInt64>, _ high: SIMD4<UInt64>) -> SIMD4<UInt64> {
    let fifteens = SIMD4<UInt64>(repeating: 0x0F0F_0F0F_0F0F_0F0F)
    let thirteens = SIMD4<UInt64>(repeating: 0x0D0D_0D0D_0D0D_0D0D)
    let low = block & fifteens
    // Bit 4 of each byte, where its lower half is neither 0 nor 13.
    let free = (low &+ fifteens) & ((low ^ thirteens) &+ fifteens)
    return high & block &<< 1 & ~(block &<< 2 & ~(block &<< 3) & free &<< 3)
  }

  /// Ends the lines that end in a block and returns the bytes ≥ 0x80 behind the last of them.
  private mutating func countLines(_ block: SIMD4<UInt64>) -> UInt64 {
    var seen: UInt64 = 0
    for place in 0..<4 {
      let word = ByteWord(block[place])
      if word.below(0x0E) == 0 {
        seen |= word.high
      } else {
        lineIsHigh = lineIsHigh || seen != 0
        seen = countLines(word)
      }
    }
    return seen
  }

  /// Goes over words without a branch a character: bytes that must continue a sequence are compared with those that do.
  ///
  /// Returns where the sequence begins at which it stopped, and the end of the word that was not plain: one that is invalid
  /// or has a lead byte with more to ask of its second byte (C0, C1, E0, ED, F0 and above).
  /// It goes a little way, behind which blocks are plain again.
  private mutating func scanPlain(_ bytes: Span<UInt8>, from start: Int) -> (boundary: Int, stop: Int) {
    var index = start
    let end = min(bytes.count, start + 64)
    // Continuation bytes that the word before leaves to be seen, at the places of this one.
    var due: UInt64 = 0
    var (seenHigh, seenThree): (UInt64, UInt64) = (0, 0)
    // Leads in the last two bytes of a word: whether their sequences are whole is for the next one to say.
    var openThree: UInt64 = 0
    while index + 8 <= end {
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
    return (boundary, index + 8 > end && end < bytes.count ? boundary : index + 8)
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
