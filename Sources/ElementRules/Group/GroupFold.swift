package import ElementCore

/// What a rule over groups needs of a row.
package struct GroupFact: Sendable, Hashable {
  /// The hash of the group.
  package let group: UInt64
  /// Whether the row meets the condition of the rule.
  package let matches: Bool
  /// Where the row stands.
  package let row: RowReference

  /// What a rule needs of a row of a group.
  package init(group: UInt64, matches: Bool, row: RowReference) { (self.group, self.matches, self.row) = (group, matches, row) }
}

/// Counts the rows of groups that meet a condition, over facts in the order of group and place: what `GroupTally` counts with a table.
package struct GroupFold {
  /// The rows that meet the condition, of each group with more than `most` of them, by the first row of each.
  package private(set) var exceeding: [[RowReference]] = []
  /// A row of each group with fewer than `least`, in the order of the delivery: the first that meets the condition, or else the first.
  package private(set) var short: [RowReference] = []
  private let (most, least): (Int?, Int?)
  private var first: GroupFact?
  private var matching: [RowReference] = []

  /// Folds facts that are sorted by group, then by place; nil for a bound that the rule has not.
  package init(_ facts: some Sequence<GroupFact>, most: Int?, least: Int?) {
    (self.most, self.least) = (most, least)
    for fact in facts {
      if first?.group != fact.group {
        endGroup()
        (first, matching) = (fact, [])
      }
      if fact.matches { matching.append(fact.row) }
    }
    endGroup()
    exceeding.sort { $0[0] < $1[0] }
    short.sort()
  }

  private mutating func endGroup() {
    guard let first else { return }
    if let most, matching.count > most { exceeding.append(matching) }
    if let least, matching.count < least { short.append(matching.first ?? first.row) }
  }
}
