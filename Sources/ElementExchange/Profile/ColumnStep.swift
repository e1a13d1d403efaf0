package import ElementCore

/// What is done with a value before it leaves: a closed list, so that whoever reads a profile knows all that may happen.
package enum ColumnStep: Sendable, Hashable {
  /// Blanks at both ends are taken away.
  case trim
  /// ASCII letters become capitals.
  case upper
  /// Filled up to so many characters by one, before the value or behind it.
  case pad(length: Int, with: UInt8, before: Bool)
  /// So many characters from one on (from 1).
  case part(from: Int, length: Int)
  /// The piece (from 1) between two occurrences of a text; empty where there is none.
  case split(by: [UInt8], piece: Int)
  /// What may be said of the value.
  case mask(MaskKind)
  /// A pseudonym: HMAC-SHA256 with the key of the run, in hexadecimal digits.
  case pseudonym

  /// What the value comes to.
  package func apply(_ value: [UInt8], key: PseudonymKey?) -> [UInt8] {
    if value.isEmpty { return value }
    switch self {
    case .trim:
      let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
      guard let first = value.firstIndex(where: { !isBlank($0) }), let last = value.lastIndex(where: { !isBlank($0) }) else {
        return []
      }
      return Array(value[first...last])
    case .upper: return value.map { (0x61...0x7A).contains($0) ? $0 - 32 : $0 }
    case .pad(let length, let filler, let before):
      let missing = [UInt8](repeating: filler, count: max(0, length - Self.count(value)))
      return before ? missing + value : value + missing
    case .part(let from, let length): return Self.part(value, from, length)
    case .split(let mark, let piece): return Self.piece(value, mark, piece)
    case .mask(let kind):
      return Array(Masking.mask(String(escapingInvalid: value.span), sensitivity: .personal, kind: kind).utf8)
    case .pseudonym:
      guard let key else { bug("a pseudonym without a key") }
      return key.pseudonym(of: value)
    }
  }

  /// The number of characters.
  static func count(_ value: [UInt8]) -> Int { value.count { $0 & 0xC0 != 0x80 } }

  private static func part(_ value: [UInt8], _ from: Int, _ length: Int) -> [UInt8] {
    var (out, character): ([UInt8], Int) = ([], 0)
    for byte in value {
      if byte & 0xC0 != 0x80 { character += 1 }
      if character >= from, character < from + length { out.append(byte) }
    }
    return out
  }

  private static func piece(_ value: [UInt8], _ mark: [UInt8], _ wanted: Int) -> [UInt8] {
    var (piece, place, start) = (1, 0, 0)
    while place + mark.count <= value.count {
      guard value[place..<place + mark.count].elementsEqual(mark) else {
        place += 1
        continue
      }
      if piece == wanted { return Array(value[start..<place]) }
      piece += 1
      place += mark.count
      start = place
    }
    return piece == wanted ? Array(value[start...]) : []
  }
}
