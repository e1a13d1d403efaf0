import Synchronization

/// What Han characters sound and look like, from the Unihan database (`scripts/build-han.py`): evidence for what somebody meant.
///
/// Sounds are syllables without tones, which neither clerks nor dialects keep. Characters look alike by their four corners, Cangjie, strokes,
/// phonetic part and radical together.
package final class HanTable: Sendable {
  /// The first character with readings.
  private static let first: UInt32 = 0x4E00
  /// The toneless syllables, ascending.
  package let syllables: [String]
  /// The usual syllable of each character, from 1, with the highest bit where it has more.
  private let readings: [UInt16]
  private let more: [UInt16: [UInt16]]
  /// Pairs of characters, the lesser in the upper half, ascending.
  private let alike: [UInt32]
  private let simple: [UInt16: UInt16]

  /// The table, made when it is asked for first: most runs offer nothing.
  package static var shared: HanTable {
    made.withLock { table in
      if let table { return table }
      let fresh = HanTable()
      table = fresh
      return fresh
    }
  }

  private static let made = Mutex<HanTable?>(nil)

  private init() {
    syllables = Self.syllableText.description.split(separator: " ").map(String.init)
    readings = Self.words(Self.readingText)
    let further = Self.words(Self.moreText)
    var more: [UInt16: [UInt16]] = [:]
    for place in stride(from: 0, to: further.count, by: 2) { more[further[place], default: []].append(further[place + 1]) }
    self.more = more
    let pairs = Self.words(Self.alikeText)
    alike = stride(from: 0, to: pairs.count, by: 2).map { UInt32(pairs[$0]) << 16 | UInt32(pairs[$0 + 1]) }
    let forms = Self.words(Self.simplifiedText)
    simple = Dictionary(
      stride(from: 0, to: forms.count, by: 2).map { (forms[$0], forms[$0 + 1]) }, uniquingKeysWith: { first, _ in first })
  }

  /// The places of a character's syllables in `syllables`, from 0, the usual one first; none for a character without a reading.
  package func sounds(_ scalar: UInt32) -> [Int] {
    let word = reading(scalar)
    if word == 0 { return [] }
    return [Int(word & 0x7FFF) - 1] + (word & 0x8000 != 0 ? more[UInt16(scalar)] ?? [] : []).map { Int($0) - 1 }
  }

  /// Whether two characters have a syllable in common.
  package func soundAlike(_ left: UInt32, _ right: UInt32) -> Bool {
    let (one, other) = (reading(left), reading(right))
    if one == 0 || other == 0 { return false }
    if (one ^ other) & 0x7FFF == 0 { return true }
    return (one | other) & 0x8000 != 0 && !Set(sounds(left)).isDisjoint(with: sounds(right))
  }

  /// A number for the usual sound of a character, the same for all that sound so; for one without a reading the character itself.
  package func sound(_ scalar: UInt32) -> UInt32 {
    let word = reading(scalar)
    return word == 0 ? scalar : UInt32(word & 0x7FFF)
  }

  /// The usual syllable of a character, from 1, and the highest bit where it has more; 0 for none.
  private func reading(_ scalar: UInt32) -> UInt16 {
    scalar >= Self.first && scalar - Self.first < readings.count ? readings[Int(scalar - Self.first)] : 0
  }

  /// Whether two characters look alike.
  package func lookAlike(_ left: UInt32, _ right: UInt32) -> Bool {
    guard max(left, right) <= 0xFFFF else { return false }
    let pair = min(left, right) << 16 | max(left, right)
    let place = alike.firstPlace { $0 >= pair }
    return place < alike.count && alike[place] == pair
  }

  /// The simplified form of a character; itself where it has none, or several.
  package func simplified(_ scalar: UInt32) -> UInt32 {
    scalar <= 0xFFFF ? simple[UInt16(scalar)].map(UInt32.init) ?? scalar : scalar
  }

  /// The little-endian words of a text in Base64 (RFC 4648).
  private static func words(_ text: StaticString) -> [UInt16] {
    var (words, buffer, bits): ([UInt16], UInt32, Int) = ([], 0, 0)
    words.reserveCapacity(text.utf8CodeUnitCount / 8 * 3)
    for character in text.description.utf8 {
      let value: UInt8
      switch character {
      case 0x41...0x5A: value = character - 0x41
      case 0x61...0x7A: value = character - 0x61 + 26
      case 0x30...0x39: value = character - 0x30 + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      default: continue
      }
      buffer = buffer << 6 | UInt32(value)
      bits += 6
      if bits >= 16 {
        bits -= 16
        words.append(UInt16(truncatingIfNeeded: buffer >> UInt32(bits)).byteSwapped)
      }
    }
    return words
  }
}
