/// How near two records live, the nearest first.
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

  /// Compares two places; of residence and domicile the better counts.
  package init(_ left: PlaceForm, _ right: PlaceForm) {
    let pairs = left.addresses.flatMap { one in right.addresses.map { (one, $0) } }
    let isCommunity = left.community != nil && left.community == right.community
    if left.homes.contains(where: right.homes.contains) || pairs.contains(where: { $0.isHome($1) }) {
      self = .home
    } else if isCommunity {
      self = pairs.contains { $0.isBuilding($1) } ? .building : .community
    } else {
      let isSilent = pairs.isEmpty && (left.community == nil || right.community == nil)
      self = isSilent ? .none : .elsewhere
    }
  }
}
