/// Why two records are not linked, or not without a person, whatever their weight.
package enum LinkageGuard: String, Sendable, CaseIterable {
  /// Two different valid numbers.
  case twoNumbers = "two-numbers"
  /// Two numbers of certificates of one type, both of which hold.
  case twoCertificates = "two-certificates"
  /// One home and one birth date, and another name: twins, or a couple.
  case twin
  /// A record without a number of its own fits two people.
  case rival
  /// One number, and another name with another birth date or sex.
  case oneNumber = "one-number"
  /// One home and one family name, and births a generation apart.
  case generation
  /// One has died, and the other was active later.
  case dead
  /// A child, and one side without a number.
  case minor
  /// Two rooms of one building.
  case room
  /// Two branches of one organisation, or a branch and its head.
  case branch
  /// The groups that would join do not agree as a whole.
  case bridge
  /// The group would grow beyond its bound.
  case cap
  /// A person said that they are not the same.
  case decided

  /// Whether the two never become one by a best guess either.
  package var isFinal: Bool { [.twoNumbers, .decided, .room, .branch].contains(self) }

  /// Whether no link is made at all; others are asked about.
  package var isVeto: Bool { [.twoNumbers, .oneNumber, .decided, .room, .branch].contains(self) }

  /// Guards that a site may lift in its model.
  package static let liftable: Set<LinkageGuard> = [.minor, .dead, .generation, .twin, .twoCertificates]
}
