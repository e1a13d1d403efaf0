/// How near two records live, the nearest first: all that a record says of where depends on one another, and is compared as one.
package enum PlaceLevel: Int, Sendable, CaseIterable {
  /// One home: a code of it, or an address.
  case home
  /// One building of one community.
  case building
  /// The first twelve digits of the grid code are the same.
  case community
  /// Elsewhere: people move.
  case elsewhere
  /// One side says nothing that the other says too.
  case none

  /// Compares the places of two records; of residence and domicile the better counts.
  package init(_ left: PersonFeatures, _ right: PersonFeatures) {
    if left.sharesHome(right) {
      self = .home
    } else if left.hasCommunity, left.community == right.community {
      self = left.anyAddress(right) { $0.isBuilding($1) } ? .building : .community
    } else {
      let isApart = left.division != right.division || left.hasCommunity && right.hasCommunity
      let isKnown = left.division != 0 && right.division != 0 && isApart
      self = isKnown || left.anyAddress(right) { _, _ in true } ? .elsewhere : .none
    }
  }
}
