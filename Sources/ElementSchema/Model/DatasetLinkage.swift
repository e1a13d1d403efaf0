/// What the records of a dataset are about, as linkage sees it: records of one kind may be about one and the same.
package enum LinkageKind: String, Sendable, CaseIterable {
  /// Somebody: a resident, registered or not, or somebody who works in a grid.
  case person
  /// A house or a room in it.
  case house
  /// An organisation.
  case organization

  /// How the number of one is shown: P000123, H000123 or O000123.
  package func label(_ number: UInt32) -> String {
    let letter = self == .person ? "P" : self == .house ? "H" : "O"
    let digits = String(number)
    return letter + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
  }
}

/// What a field tells of the person, house or organisation that a record is about.
package enum LinkageRole: String, Sendable, CaseIterable {
  /// Citizen number, house code, or unified social credit code.
  case number
  /// The kind of another certificate, by the code set `certificateType`.
  case certificateType
  /// The number of that certificate.
  case certificate
  /// The day from which a certificate holds no more.
  case certificateEnd
  /// What a person, an owner or an organisation is called.
  case name
  /// A name it had before.
  case formerName
  /// The surname in Latin letters, where a name is written so.
  case latinSurname
  /// The given name in Latin letters.
  case latinGivenName
  /// Man or woman, by GB/T 2261.1.
  case sex
  /// The date of birth.
  case birth
  /// Who stands for an organisation.
  case head
  /// A telephone.
  case phone
  /// Where it is.
  case address
  /// Where a person is registered.
  case domicile
  /// The division of the residence.
  case division
  /// The code of the grid, whose beginning names the community.
  case grid
  /// The code of the house that is lived in.
  case house
  /// The number of the household.
  case household
  /// Where that number was given.
  case householdScope
  /// The citizen number of the householder.
  case householder
  /// The state of the record, by the code set `recordStatus`.
  case status
  /// The day since when, or another day on which the record was known to be true.
  case activity
}

/// What the columns of a dataset mean to linkage: the key `linkage` of its file.
package struct DatasetLinkage: Sendable {
  /// What its records are about.
  package let kind: LinkageKind
  /// The fields, from 0, of each role that it has, in the order of the file.
  package let roles: [LinkageRole: [Int]]
  /// How much its values are trusted beside those of other datasets; the smallest is the best.
  package let rank: Int

  /// What the columns of a dataset mean.
  package init(kind: LinkageKind, roles: [LinkageRole: [Int]], rank: Int) {
    (self.kind, self.roles, self.rank) = (kind, roles, rank)
  }

  /// The first field of a role, from 0; nil where it has none.
  package func field(_ role: LinkageRole) -> Int? { roles[role]?.first }
}
