package import ElementCore

/// The members of a group that are more than a rule allows: what every one of them is told.
package struct GroupCrowd: Sendable, Hashable {
  /// The stored ones that the delivery does not have, by their numbers.
  package let ids: [Int64]
  /// Those of the delivery, in its order.
  package let rows: [RowReference]
  /// How many they are.
  package var count: Int { ids.count + rows.count }

  /// The members of a group that meet its condition.
  package init(_ members: GroupStanding.Members) { (ids, rows) = (members.standing.compactMap(\.id), members.delivered) }
}
