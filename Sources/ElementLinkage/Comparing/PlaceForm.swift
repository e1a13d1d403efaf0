/// Where a record lives, from all that it says: its parts depend on one another and are compared as one.
package struct PlaceForm: Sendable, Hashable {
  /// The codes that name one home: house code, household number within its scope, number of the householder; empty ones left out.
  package let homes: [[UInt8]]
  /// Residence and domicile.
  package let addresses: [AddressForm]
  /// The community: the first twelve digits of the grid code, else of the division; nil where neither says.
  package let community: [UInt8]?

  /// A place; each of `homes` begins with what it is, so that a house code never equals a household number.
  package init(homes: [[UInt8]], addresses: [AddressForm], community: [UInt8]?) {
    (self.homes, self.addresses, self.community) = (homes, addresses, community)
  }
}
