package import ElementSchema

/// What a record says of the person, house or organisation that it is about; nothing of all where it says nothing.
package struct EntityStamp: Sendable, Hashable {
  /// Its pseudonym.
  package var entity: [UInt8] = []
  /// The pseudonym that answers for it, where it ended.
  package var replacedBy: [UInt8] = []
  /// The datasets whose rows it is made of, parted by `+`.
  package var provenance: [UInt8] = []

  /// A stamp that says nothing.
  package init() {}
}

extension PseudonymKey {
  /// The pseudonym of a person, house or organisation, for one receiver of one profile: what two of them hold cannot be joined.
  package func entity(_ number: UInt32, _ kind: LinkageKind, profile: String, recipient: String?) -> [UInt8] {
    pseudonym(of: Array("entity\n\(kind.rawValue)\n\(profile)\n\(recipient ?? "")\n\(number)".utf8))
  }
}
