import ElementCore

/// The vote of a file's lines on its encoding (first pass over the whole file).
///
/// Each line with a byte ≥ 0x80 votes for the encodings in which it is strictly valid. The one that is valid on most wins
/// if it is valid on at least 95 % of them or on all but one. Files that are UTF-8 throughout need no vote (`UTF8Survey`).
package struct EncodingVote: Sendable {
  /// Lines with a byte ≥ 0x80.
  package private(set) var lines = 0
  /// Those that are valid UTF-8.
  package private(set) var utf8Lines = 0
  /// Those that are valid GB 18030.
  package private(set) var gb18030Lines = 0
  private var sawLongSequence = false
  private var sawHighScalar = false
  private var hanziReadings = 0
  private var otherReadings = 0
  private var partial: [UInt8] = []

  /// A vote that nobody has cast.
  package init() {}

  /// A vote that is cast: so many lines, and how many of them are not valid in each encoding, not all in UTF-8.
  init(lines: Int, invalidUTF8: Int, invalidGB18030: Int) {
    self.init()
    self.lines = lines
    utf8Lines = lines - invalidUTF8
    gb18030Lines = lines - invalidGB18030
  }

  /// Casts the votes of the lines in a piece of the file; a line cut by its end waits for the next piece.
  package mutating func add(_ bytes: Span<UInt8>) {
    var start = 0
    var index = 0
    while index < bytes.count {
      if index + 8 <= bytes.count, ByteWord(bytes.word(at: index)).below(0x0E) == 0 {
        index += 8
        continue
      }
      // Neither byte is ever the second half of a GB 18030 code.
      if bytes[index] == 0x0A || bytes[index] == 0x0D {
        if partial.isEmpty {
          cast(bytes.extracting(start..<index))
        } else {
          partial.append(span: bytes.extracting(start..<index))
          castPartial()
        }
        start = index + 1
      }
      index += 1
    }
    if start < bytes.count { partial.append(span: bytes.extracting(start..<bytes.count)) }
    // A line beyond any record limit votes in pieces, so that memory does not grow with it.
    if partial.count > 1 << 22 { castPartial() }
  }

  /// Casts the vote of a last line without an end.
  package mutating func finish() {
    if !partial.isEmpty { castPartial() }
  }

  private mutating func castPartial() {
    let line = partial
    partial.removeAll(keepingCapacity: true)
    cast(line.span)
  }

  private mutating func cast(_ line: Span<UInt8>) {
    if line.isASCII { return }
    lines += 1
    let isUTF8 = UTF8Scan.isValid(line)
    if isUTF8 {
      utf8Lines += 1
      if !sawLongSequence || !sawHighScalar { noteSequences(line) }
    }
    let valid = GB18030.shared.validPrefix(line)
    if valid == line.count {
      gb18030Lines += 1
      if isUTF8, !sawLongSequence { noteReadings(line) }
    }
  }

  private mutating func noteSequences(_ line: Span<UInt8>) {
    var index = 0
    while index < line.count {
      if line[index] >= 0xE0 { sawLongSequence = true }
      if UTF8Scan.scalar(line, at: &index) >= 0x800 { sawHighScalar = true }
    }
  }

  private mutating func noteReadings(_ line: Span<UInt8>) {
    var index = 0
    while index < line.count, let found = GB18030.shared.scalar(line, at: index) {
      if found.length > 1 {
        if (0x4E00...0x9FFF).contains(found.scalar) { hanziReadings += 1 } else { otherReadings += 1 }
      }
      index += found.length
    }
  }

  /// What the vote came to.
  package enum Outcome: Sendable, Hashable {
    /// The encoding that won; `doubtful` where both readings were possible.
    case winner(TextEncoding, doubtful: Bool)
    /// No encoding is valid on enough lines.
    case undecided
  }

  /// The outcome (`identifiers.md` §E.4).
  package var outcome: Outcome {
    if lines == 0 { return .winner(.utf8, doubtful: false) }
    let looksLikeGBK =
      utf8Lines == lines && !sawLongSequence && !sawHighScalar && gb18030Lines == lines && hanziReadings > otherReadings
    if looksLikeGBK { return .winner(.gb18030, doubtful: true) }
    if utf8Lines >= gb18030Lines || utf8Lines == lines { return wins(utf8Lines) ? .winner(.utf8, doubtful: false) : .undecided }
    return wins(gb18030Lines) ? .winner(.gb18030, doubtful: false) : .undecided
  }

  private func wins(_ votes: Int) -> Bool { Self.wins(votes, of: lines) }

  /// Whether so many votes are enough: 95 % of the lines, or all but one.
  static func wins(_ votes: Int, of lines: Int) -> Bool { votes > 0 && (votes * 100 >= lines * 95 || votes >= lines - 1) }
}
