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
    let (one, other) = (NameForm.folded(left), NameForm.folded(right))
    if one.joined().elementsEqual(other.joined()) {
      self = .exact
    } else if one.count > 1, NameForm.sorted(one) == NameForm.sorted(other) {
      self = .swap
    } else {
      self = NameLevel.level(Array(one.joined()), Array(other.joined()), HanTable.shared)
    }
  }

  /// Compares two names, neither of them empty; the table is that of `HanTable.shared`, which is taken once for many.
  package init(_ left: NameForm, _ right: NameForm, _ table: HanTable) {
    if left.hash == right.hash, left.characters == right.characters {
      self = .exact
    } else if left.characters == right.characters {
      // Long names that differ within.
      self = .oneChar
    } else if left.hash == right.hash {
      self = .swap
    } else {
      self = NameLevel.level(NameScalars(left), NameScalars(right), table)
    }
  }

  private static func level<Name: RandomAccessCollection<UInt32>>(_ one: Name, _ other: Name, _ table: HanTable) -> NameLevel
  where Name.Index == Int {
    guard let first = one.first, let otherFirst = other.first else { return .differ }
    if one.count == other.count, let level = sameLength(one, other, table) { return level }
    if abs(one.count - other.count) == 1, min(one.count, other.count) >= 2, isWithout(one, other) { return .missing }
    if first < 0x2E80 || otherFirst < 0x2E80 { return .differ }
    let (own, its) = (Surname.count(one), Surname.count(other))
    if own == its {
      let places = 0..<own
      if places.allSatisfy({ one[$0] == other[$0] }) { return .surname }
      if places.allSatisfy({ table.soundAlike(one[$0], other[$0]) }) { return .surnameSound }
    }
    if one.count == other.count, one.count >= 3, (1..<one.count).allSatisfy({ one[$0] == other[$0] }) { return .given }
    return .differ
  }

  /// What names of one length are to each other by single characters; nil where more than that differs.
  private static func sameLength<Name: RandomAccessCollection<UInt32>>(
    _ one: Name, _ other: Name, _ table: HanTable
  ) -> NameLevel? where Name.Index == Int {
    var (differing, first, last) = (0, 0, 0)
    for place in 0..<one.count where one[place] != other[place] {
      if differing == 0 { first = place }
      differing += 1
      last = place
      if differing > 2 { return nil }
    }
    func areAlike(_ place: Int) -> Bool {
      table.soundAlike(one[place], other[place]) || table.lookAlike(one[place], other[place])
    }
    let isSound = table.soundAlike(one[first], other[first]) && table.soundAlike(one[last], other[last])
    if differing < one.count || one.count == 2 {
      if isSound { return .sound }
      if areAlike(first), areAlike(last) { return .form }
    }
    if differing == 2, last == first + 1, one[first] == other[last], one[last] == other[first] { return .swap }
    return differing == 1 && one.count >= 3 && first > 0 ? .oneChar : nil
  }

  /// Whether one name is the other without one character.
  private static func isWithout<Name: RandomAccessCollection<UInt32>>(_ one: Name, _ other: Name) -> Bool
  where Name.Index == Int {
    let (long, short) = one.count > other.count ? (one, other) : (other, one)
    let place = (0..<short.count).first { long[$0] != short[$0] } ?? short.count
    return (place..<short.count).allSatisfy { long[$0 + 1] == short[$0] }
  }
}

/// The characters that a form keeps, as a collection.
private struct NameScalars: RandomAccessCollection {
  private let form: NameForm
  let (startIndex, endIndex): (Int, Int)

  init(_ form: NameForm) {
    self.form = form
    (startIndex, endIndex) = (0, form.count)
  }

  subscript(_ place: Int) -> UInt32 { form[place] }
}
