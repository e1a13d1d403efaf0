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
  /// What the characters of the lines are that both encodings could have made.
  package private(set) var readings = EncodingReadings()
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
      if !sawLongSequence { noteSequences(line) }
    }
    let valid = GB18030.shared.validPrefix(line)
    if valid == line.count {
      gb18030Lines += 1
      if isUTF8, !sawLongSequence { readings.add(line) }
    }
  }

  private mutating func noteSequences(_ line: Span<UInt8>) {
    for index in line.indices where line[index] >= 0xE0 { sawLongSequence = true }
  }

  /// What the vote came to.
  package enum Outcome: Sendable, Hashable {
    /// The encoding that won; `doubtful` where the other reading was possible.
    case winner(TextEncoding, doubtful: Bool)
    /// UTF-8 and GB 18030 are both possible, and little text is there to tell.
    case twoReadings
    /// No encoding is valid on enough lines.
    case undecided
  }

  /// The outcome (`identifiers.md` §E.4): UTF-8 that is valid throughout wins, unless a few characters are all there is, or some of them
  /// would be none.
  package var outcome: Outcome {
    if lines == 0 { return .winner(.utf8, doubtful: false) }
    if wins(utf8Lines), wins(gb18030Lines), !sawLongSequence {
      switch readings.verdict {
      case .utf8: return .winner(.utf8, doubtful: false)
      case .gb18030: return .winner(.gb18030, doubtful: true)
      case .open: return .twoReadings
      }
    }
    if utf8Lines >= gb18030Lines || utf8Lines == lines { return wins(utf8Lines) ? .winner(.utf8, doubtful: false) : .undecided }
    return wins(gb18030Lines) ? .winner(.gb18030, doubtful: false) : .undecided
  }

  private func wins(_ votes: Int) -> Bool { Self.wins(votes, of: lines) }

  /// Whether so many votes are enough: 95 % of the lines, or all but one.
  static func wins(_ votes: Int, of lines: Int) -> Bool { votes > 0 && (votes * 100 >= lines * 95 || votes >= lines - 1) }
}
