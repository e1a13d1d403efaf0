/// A format that shows whole numbers as codes: digits at their places, zeros first, text beside them (`000`, `"A"000`, `0"号"`).
///
/// ECMA-376 part 1, 18.8.31. Formats with separators, points, currencies, fractions, exponents and conditions are none: they show a
/// quantity, and its number says as much.
struct DigitPattern: Sendable, Hashable {
  private enum Part: Hashable {
    /// A digit, or zero where the number has no more (`0`).
    case zero
    /// A digit where the number has one (`#`).
    case digit
    /// Text between digits.
    case text(String)
  }

  /// A format is at most so many bytes long; longer ones say nothing that belongs to a code.
  private static let longest = 255
  /// Signs that are shown without quotes.
  private static let plain = Set("-+()':~{}& ")
  private static let currencies = Set("$¥￥€£")
  private var parts: [Part] = []
  private let placeCount: Int
  /// Whether zero is shown in a way of its own.
  private let hasZeroSection: Bool

  /// The pattern of a format; nil where it shows no more than the number says.
  init?(_ format: String) {
    guard format.utf8.count <= DigitPattern.longest else { return nil }
    var rest = format[...]
    while let character = rest.popFirst(), character != ";" {
      switch character {
      case "0": parts.append(.zero)
      case "#": parts.append(.digit)
      case "\"":
        parts.append(.text(String(rest.prefix { $0 != "\"" })))
        rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\": parts += rest.popFirst().map { [.text(String($0))] } ?? []
      // The width of a character, and what fills a cell, are no text.
      case "_", "*": rest = rest.dropFirst()
      case "[":
        guard DigitPattern.isIdle(rest.prefix { $0 != "]" }) else { return nil }
        rest = rest.drop { $0 != "]" }.dropFirst()
      case _ where DigitPattern.plain.contains(character) || !character.isASCII && !DigitPattern.currencies.contains(character):
        parts.append(.text(String(character)))
      default: return nil
      }
    }
    hasZeroSection = rest.contains(";")
    let texts = parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
    // A currency says that it is an amount.
    guard !texts.contains(where: DigitPattern.currencies.contains) else { return nil }
    let isCode = !texts.allSatisfy(\.isWhitespace)
    // A zero at the last place alone is any number's.
    let places = parts.filter { $0 == .zero || $0 == .digit }
    let hasZeros = places.dropLast().contains(.zero)
    placeCount = places.count
    guard placeCount > 0, isCode || hasZeros else { return nil }
  }

  /// Whether what stands in brackets changes nothing: a colour or a language, not a currency, condition or way of counting.
  private static func isIdle(_ bracket: Substring) -> Bool {
    if bracket.hasPrefix("$-") { return true }
    return bracket.allSatisfy(\.isLetter) || bracket.lowercased().hasPrefix("color")
  }

  /// The digits of a whole number as the format shows it, the first place with those that have none; nil for a zero that is shown in
  /// another way.
  func text(_ digits: [UInt8]) -> [UInt8]? {
    if hasZeroSection, digits == [0x30] { return nil }
    var out: [UInt8] = []
    var (next, left) = (0, placeCount)
    for part in parts {
      if case .text(let text) = part {
        out += text.utf8
        continue
      }
      left -= 1
      if digits.count - next <= left, part == .zero { out.append(0x30) }
      while digits.count - next > left {
        out.append(digits[next])
        next += 1
      }
    }
    return out
  }
}
