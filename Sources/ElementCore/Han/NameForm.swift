/// A name as it is compared: without blanks and dots, capitals small, traditional characters simplified, in a fixed number of bytes.
///
/// Of a name of more than eight characters the first and the last four are kept, and a hash of all: one that differs from another within
/// is told from it, not how.
package struct NameForm: Sendable, Hashable {
  /// The characters that are kept, the first lowest; those beyond 16 bits stand as one of the private ones.
  package let characters: SIMD8<UInt16>
  /// A hash of all characters, never 0 for a name; words of Latin names count in any order.
  package let hash: UInt32

  private static let most = 8
  private static let privateUse: UInt32 = 0xE000

  /// The form of a name as UTF-8.
  package init(_ name: some Sequence<UInt8>) { self.init(words: NameForm.folded(name)) }

  /// The form that `characters` and `hash` were taken from.
  package init(characters: SIMD8<UInt16>, hash: UInt32) { (self.characters, self.hash) = (characters, hash) }

  private init(words: [[UInt32]]) {
    let scalars = words.joined().map { $0 <= 0xFFFF ? $0 : Self.privateUse | $0 % 0x1900 }
    let isLatin = words.count > 1 && words.allSatisfy { ($0.first ?? 0) < 0x2E80 }
    let ordered = isLatin ? NameForm.sorted(words).joined().map { $0 } : words.joined().map { $0 }
    var bytes: [UInt8] = []
    for scalar in ordered { bytes.append(integer: Int(scalar)) }
    let hash = XXH64.hash(bytes.span)
    self.hash = ordered.isEmpty ? 0 : max(1, UInt32(truncatingIfNeeded: hash ^ hash >> 32))
    let kept = scalars.count <= Self.most ? scalars : Array(scalars.prefix(4) + scalars.suffix(4))
    var characters = SIMD8<UInt16>.zero
    for (place, scalar) in kept.enumerated() { characters[place] = UInt16(truncatingIfNeeded: scalar) }
    self.characters = characters
  }

  /// Whether there is no name.
  package var isEmpty: Bool { characters[0] == 0 }

  /// How many characters are kept.
  package var count: Int {
    var count = 0
    while count < Self.most, characters[count] != 0 { count += 1 }
    return count
  }

  /// A character by its place from 0.
  package subscript(_ place: Int) -> UInt32 { UInt32(characters[place]) }

  /// The words of a name: capitals small, traditional characters simplified, dots and blanks between them.
  static func folded(_ name: some Sequence<UInt8>) -> [[UInt32]] {
    let table = HanTable.shared
    let scalars = String(escapingInvalid: Array(name).span).unicodeScalars.map { scalar -> UInt32 in
      (0x41...0x5A).contains(scalar.value) ? scalar.value + 0x20 : table.simplified(scalar.value)
    }
    return scalars.split { $0 <= 0x20 || separators.contains($0) }.map { Array($0) }
  }

  static func sorted(_ words: [[UInt32]]) -> [[UInt32]] { words.sorted { $0.lexicographicallyPrecedes($1) } }

  /// Blanks, and the dots that names of several parts are written with.
  private static let separators: Set<UInt32> = [0xA0, 0x3000, 0xB7, 0x2022, 0x2027, 0x22C5, 0x30FB, 0xFF65, 0x2E, 0x2D]
}
