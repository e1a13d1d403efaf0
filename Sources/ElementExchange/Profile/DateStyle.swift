import ElementCore

/// How a target writes days and times: `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss` stand for their digits, all else for itself.
package struct DateStyle: Sendable, Hashable {
  /// A piece of a style: digits of the stored value, or a text.
  private enum Piece: Sendable, Hashable {
    case digits(Range<Int>)
    case text([UInt8])
  }

  private let pieces: [Piece]
  /// How many bytes of `YYYY-MM-DD HH:MM:SS` it needs.
  package let needed: Int
  /// What stands for the time where only the day is known, as `HH:MM:SS`; nil where such a value does not fit.
  private let time: [UInt8]?

  private static let parts: [(mark: String, range: Range<Int>)] = [
    ("yyyy", 0..<4), ("MM", 5..<7), ("dd", 8..<10), ("HH", 11..<13), ("mm", 14..<16), ("ss", 17..<19),
  ]

  /// A style as written; nil where it shows no year. `time` stands in for a time that is not known.
  package init?(_ text: String, time: String? = nil) {
    var (pieces, needed): ([Piece], Int) = ([], 0)
    var rest = Substring(text)
    while let first = rest.first {
      if let part = Self.parts.first(where: { rest.utf8.starts(with: $0.mark.utf8) }) {
        pieces.append(.digits(part.range))
        needed = max(needed, part.range.upperBound)
        rest = rest.dropFirst(part.mark.count)
      } else {
        pieces.append(.text(Array(String(first).utf8)))
        rest = rest.dropFirst()
      }
    }
    guard pieces.contains(.digits(0..<4)) else { return nil }
    (self.pieces, self.needed, self.time) = (pieces, needed, time.map { Array($0.utf8) })
  }

  /// Whether it shows the time of the day.
  package var showsTime: Bool { needed > 10 }

  /// Appends a stored day or time in the style; false where the value does not say all that it shows.
  package func append(_ value: Span<UInt8>, to out: inout [UInt8]) -> Bool {
    var stored = Array(span: value)
    if stored.count == 10, showsTime, let time { stored += [0x20] + time }
    guard stored.count >= needed else { return false }
    for piece in pieces {
      switch piece {
      case .digits(let range): out += stored[range]
      case .text(let text): out += text
      }
    }
    return true
  }
}
