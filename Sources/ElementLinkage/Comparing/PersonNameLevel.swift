package import ElementCore

/// How the names of two people agree, their former names with them, the most telling first (weights by level in the models of `schemas/linkage`).
package enum PersonNameLevel: Int, Sendable, CaseIterable {
  /// The same name.
  case exact
  /// The former name of one is the name of the other, or its former name.
  case former
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
  /// One side has no name.
  case none

  /// Compares two names and the hashes of former ones, 0 for none; the order of the two does not matter.
  package init(_ left: NameForm, former: UInt32, _ right: NameForm, former otherFormer: UInt32, _ table: HanTable) {
    if left.isEmpty || right.isEmpty {
      self = .none
      return
    }
    let level = NameLevel(left, right, table)
    let isFormer =
      former != 0 && (former == right.hash || former == otherFormer) || otherFormer != 0 && otherFormer == left.hash
    self = level != .exact && isFormer ? .former : PersonNameLevel(level)
  }

  /// The level that two names alone have.
  package init(_ level: NameLevel) {
    self =
      switch level {
      case .exact: .exact
      case .sound: .sound
      case .form: .form
      case .swap: .swap
      case .missing: .missing
      case .oneChar: .oneChar
      case .surname: .surname
      case .surnameSound: .surnameSound
      case .given: .given
      case .differ: .differ
      }
  }

  /// Whether the names speak for two people rather than for a slip.
  package var isAnother: Bool { [.oneChar, .surname, .surnameSound, .given, .differ].contains(self) }
}
