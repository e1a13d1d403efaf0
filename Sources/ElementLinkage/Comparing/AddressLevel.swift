/// How near two houses or seats are by their addresses, the nearest first.
enum AddressLevel: Int, Sendable, CaseIterable {
  /// One address: equal as written, or the same last numbers of one estate.
  case home
  /// Two rooms of one building.
  case otherRoom
  /// One building, of which one side names no room.
  case building
  /// No building in common.
  case elsewhere
  /// One side has no address.
  case none

  /// Compares two addresses that are not equal as written.
  init(_ left: AddressForm, _ right: AddressForm) {
    if left.isEmpty || right.isEmpty {
      self = .none
    } else if left.isHome(right) {
      self = .home
    } else if left.isBuilding(right) {
      self = left.isOtherRoom(right) ? .otherRoom : .building
    } else {
      self = .elsewhere
    }
  }
}

extension AddressForm {
  /// Whether two addresses of one building name two rooms: other numbers behind it, or, where one leaves the unit out, another last number.
  func isOtherRoom(_ other: AddressForm) -> Bool {
    let (mine, its) = (numbersBehindBuilding, other.numbersBehindBuilding)
    guard !mine.isEmpty, !its.isEmpty else { return false }
    return mine.count == its.count ? mine != its : mine.last != its.last
  }

  /// The numbers behind that of the building, in their order: unit and room, or the room alone.
  private var numbersBehindBuilding: [UInt64] {
    let count = max(1, numbers >> 62) - 1
    return (0..<count).reversed().map { numbers >> (20 * $0) & 0xF_FFFF }
  }
}
