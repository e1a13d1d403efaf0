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
      let bits = bytes.word(at: index)
      let word = ByteWord(bits)
      if lineIsInvalid, word.below(0x0E) == 0 {
        // Nothing more is asked of a line that is invalid but where it ends.
        index += 8
      } else if bits & 0x80 == 0 {
        // Up to the first byte ≥ 0x80 everything is ASCII.
        let plain = word.high == 0 ? 8 : word.high.trailingZeroBitCount >> 3
        if word.below(0x0E) != 0 { countLines(bytes, index..<index + plain) }
        index += plain
      } else if Self.isCommon(bits) {
        lineIsHigh = true
        sawLongSequence = true
        index += Self.isCommon(bits >> 24) ? 6 : 3
      } else {
        index += step(bytes, at: index)
      }
    }
    while index < bytes.count { index += step(bytes, at: index) }
  }

  /// A sequence of three bytes that begins with E1 to EC, EE or EF: nothing about its second byte is special.
  @inline(__always)
  private static func isCommon(_ bits: UInt64) -> Bool {
    let low = bits & 0x0F
    return bits & 0xC0_C0F0 == 0x80_80E0 && low != 0 && low != 0x0D
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

  private mutating func countLines(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    for index in range where bytes[index] == 0x0A || bytes[index] == 0x0D { endLine() }
  }

  private mutating func endLine() {
    if lineIsHigh { lines += 1 }
    lineIsHigh = false
    lineIsInvalid = false
  }
}
