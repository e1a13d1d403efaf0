/// How alike two names of people are, the most alike first.
///
/// Names are compared by scalars, without blanks and dots, traditional characters as simplified ones.
package enum NameLevel: Int, Sendable, Comparable, CaseIterable {
  /// The same name.
  case exact
  /// As long, and the one or two characters that differ have one sound.
  case sound
  /// As long, and the one or two characters that differ look or sound alike.
  case form
  /// Two neighbours, or words of a Latin name, exchanged.
  case swap
  /// One character more on one side, two or more left.
  case missing
  /// Three characters or more, one of which, not the first, differs.
  case oneChar
  /// The family name alone is the same.
  case surname
  /// The family names have one sound, the rest is another.
  case surnameSound
  /// Three characters or more, all but the first the same.
  case given
  /// Another name.
  case differ

  /// Levels in the order above.
  package static func < (left: NameLevel, right: NameLevel) -> Bool { left.rawValue < right.rawValue }

  /// Whether one may be the other, written wrongly.
  package var isSlip: Bool { self <= .oneChar }

  /// Compares two names, as UTF-8.
  package init(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) {
    let (one, other) = (NameLevel.folded(left), NameLevel.folded(right))
    if one.joined().elementsEqual(other.joined()) {
      self = .exact
    } else if one.count > 1, NameLevel.sorted(one) == NameLevel.sorted(other) {
      self = .swap
    } else {
      self = NameLevel.level(Array(one.joined()), Array(other.joined()))
    }
  }

  /// The words of a name: capitals small, traditional characters simplified, dots and blanks between them.
  private static func folded(_ name: some Sequence<UInt8>) -> [[UInt32]] {
    let table = HanTable.shared
    let scalars = String(escapingInvalid: Array(name).span).unicodeScalars.map { scalar -> UInt32 in
      (0x41...0x5A).contains(scalar.value) ? scalar.value + 0x20 : table.simplified(scalar.value)
    }
    return scalars.split { $0 <= 0x20 || separators.contains($0) }.map { Array($0) }
  }

  /// Blanks, and the dots that names of several parts are written with.
  private static let separators: Set<UInt32> = [0xA0, 0x3000, 0xB7, 0x2022, 0x2027, 0x22C5, 0x30FB, 0xFF65, 0x2E, 0x2D]

  private static func sorted(_ words: [[UInt32]]) -> [[UInt32]] { words.sorted { $0.lexicographicallyPrecedes($1) } }

  private static func level(_ one: [UInt32], _ other: [UInt32]) -> NameLevel {
    guard let first = one.first, let otherFirst = other.first else { return .differ }
    if one.count == other.count, let level = sameLength(one, other) { return level }
    if abs(one.count - other.count) == 1, min(one.count, other.count) >= 2, isWithout(one, other) { return .missing }
    if first < 0x2E80 || otherFirst < 0x2E80 { return .differ }
    let (own, its) = (one.prefix(Surname.length(one)), other.prefix(Surname.length(other)))
    if own == its { return .surname }
    if own.count == its.count, zip(own, its).allSatisfy({ HanTable.shared.soundAlike($0, $1) }) { return .surnameSound }
    if one.count == other.count, one.count >= 3, one.dropFirst() == other.dropFirst() { return .given }
    return .differ
  }

  /// What names of one length are to each other by single characters; nil where more than that differs.
  private static func sameLength(_ one: [UInt32], _ other: [UInt32]) -> NameLevel? {
    let places = one.indices.filter { one[$0] != other[$0] }
    let pairs = places.map { (one[$0], other[$0]) }
    let table = HanTable.shared
    if places.count <= 2, places.count < one.count || one.count == 2 {
      if pairs.allSatisfy({ table.soundAlike($0.0, $0.1) }) { return .sound }
      if pairs.allSatisfy({ table.soundAlike($0.0, $0.1) || table.lookAlike($0.0, $0.1) }) { return .form }
    }
    if places.count == 2, places[1] == places[0] + 1, pairs[0].0 == pairs[1].1, pairs[0].1 == pairs[1].0 { return .swap }
    return places.count == 1 && one.count >= 3 && places[0] > 0 ? .oneChar : nil
  }

  /// Whether one name is the other without one character.
  private static func isWithout(_ one: [UInt32], _ other: [UInt32]) -> Bool {
    let (long, short) = one.count > other.count ? (one, other) : (other, one)
    let place = short.indices.first { long[$0] != short[$0] } ?? short.count
    return long[(place + 1)...].elementsEqual(short[place...])
  }
}
