package import ElementCore
package import ElementSchema

/// What a rule over neighbours needs of a row.
package struct SequenceFact: Sendable {
  /// The group of the row, its number in it, and what is compared with its neighbours.
  package let point: SequencePoint
  /// Where it stands in the delivery.
  package let row: RowReference

  /// What is kept of a row that belongs to a group.
  package init(point: SequencePoint, row: RowReference) { (self.point, self.row) = (point, row) }
}

/// Finds neighbours of a group that do not follow each other as a rule asks, over facts in the order of group, number and place.
package enum SequenceFold {
  /// Whether a fact stands before another.
  package static func isBefore(_ left: SequenceFact, _ right: SequenceFact) -> Bool {
    (left.point.group, left.point.order, left.row.place) < (right.point.group, right.point.order, right.row.place)
  }

  /// The pairs of rows of which the later does not follow the earlier, of facts that are sorted.
  package static func breaches(
    _ facts: some Sequence<SequenceFact>, of rule: SequenceRule
  ) -> [(row: RowReference, before: RowReference)] {
    var found: [(row: RowReference, before: RowReference)] = []
    // The row that the next is compared with: its neighbour, or the last one that says something.
    var earlier: SequenceFact?
    for after in facts {
      let before = earlier.flatMap { $0.point.group == after.point.group ? $0 : nil }
      if before == nil || rule.relation == .equal || after.point.last != 0 { earlier = after }
      guard let before else { continue }
      let (last, next) = (before.point.last, after.point.next)
      if rule.isAdjacent, after.point.order != before.point.order + 1 { continue }
      if last == 0 || next == 0 || rule.relation.holds(last, next) { continue }
      found.append((after.row, before.row))
    }
    return found
  }
}
