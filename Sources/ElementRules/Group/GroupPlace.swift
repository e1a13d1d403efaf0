package import ElementCore

/// Where a row stands among the groups of a rule.
package struct GroupPlace: Sendable, Hashable {
  /// The hash of its group; 0 where it belongs to none.
  package let group: UInt64
  /// Whether it meets the condition of the rule.
  package let matches: Bool

  /// A place in a group.
  package init(group: UInt64, matches: Bool) { (self.group, self.matches) = (group, matches) }
}

/// A delivered row whose place beside what is stored is another than it says alone, or than it was.
package struct GroupShift: Sendable, Hashable {
  /// The row in its input.
  package let row: RowReference
  /// The number of the stored row that it goes on for.
  package let id: Int64
  /// The place of the stored row before the delivery.
  package let before: GroupPlace
  /// Its place as it will stand.
  package let after: GroupPlace
  /// The group that the row alone says.
  package let alone: UInt64

  /// A row whose place is another.
  package init(row: RowReference, id: Int64, before: GroupPlace, after: GroupPlace, alone: UInt64) {
    (self.row, self.id, self.before, self.after, self.alone) = (row, id, before, after, alone)
  }

  /// Whether it leaves a group in which it met the condition.
  var leaves: Bool { before.matches && (after.group != before.group || !after.matches) }
}

/// A member of a group that meets the condition.
package enum GroupMember: Sendable, Hashable {
  /// A stored row, by its number.
  case stored(Int64)
  /// A row of the delivery.
  case row(RowReference)

  /// The row of the delivery; nil for a stored one.
  package var row: RowReference? { if case .row(let row) = self { row } else { nil } }
  /// The number of the stored row; nil for one of the delivery.
  package var id: Int64? { if case .stored(let id) = self { id } else { nil } }
}

extension CheckedBatch {
  /// The place of a record (from 0) by a rule (from 0) of its dataset.
  package func groupPlace(_ record: Int, rule: Int) -> GroupPlace {
    let group = groupHash[rule].isEmpty ? 0 : groupHash[rule][record]
    return GroupPlace(group: group, matches: group != 0 && groupMatch[rule][record])
  }
}
