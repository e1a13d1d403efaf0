/// A row that may be joined to another one, because one of the two has no key yet: what is compared of it.
package struct InterimCandidate: Sendable, Hashable {
  /// Its number in the table; that of a new row is the one it will have.
  package let id: Int64
  /// The hash of what must be equal, such as name and day of birth.
  package let must: UInt64
  /// The hashes of what must not differ, such as the household; 0 for what is not known.
  package let may: [UInt64]
  /// The row of the delivery that says it, as input and row in one number; nil where no row of this delivery does.
  package let place: UInt64?
  /// Whether that row is new, and not the next version of a stored one.
  package let isNew: Bool

  /// A row that may be joined.
  package init(id: Int64, must: UInt64, may: [UInt64], place: UInt64?, isNew: Bool) {
    (self.id, self.must, self.may, self.place, self.isNew) = (id, must, may, place, isNew)
  }

  /// Whether it stood there before the delivery.
  package var wasStored: Bool { place == nil || !isNew }
}
