package import ElementCore

/// What a rule over groups needs of a member: a row of the delivery, or a stored one that the delivery does not have.
package struct GroupFact: Sendable, Hashable {
  /// The hash of the group.
  package let group: UInt64
  /// Whether the member meets the condition of the rule.
  package let matches: Bool
  /// Who it is.
  package let member: GroupMember
  /// Whether it stood so before the delivery, as stored members do.
  package let stands: Bool

  /// What a rule needs of a row of a group.
  package init(group: UInt64, matches: Bool, row: RowReference, stands: Bool = false) {
    (self.group, self.matches, member, self.stands) = (group, matches, .row(row), stands)
  }

  /// What a rule needs of the stored row of a number.
  package init(group: UInt64, matches: Bool, stored id: Int64) {
    (self.group, self.matches, member, stands) = (group, matches, .stored(id), true)
  }

  /// Facts are folded by group, stored members before those of the delivery, and these by place.
  package static func isBefore(_ left: GroupFact, _ right: GroupFact) -> Bool {
    func order(_ fact: GroupFact) -> (UInt64, Int64, UInt64) {
      (fact.group, fact.member.id ?? .max, fact.member.row?.place ?? 0)
    }
    return order(left) < order(right)
  }
}

/// Counts the members of groups that meet a condition, over facts in their order: what `GroupStanding` decides with tables.
package struct GroupFold {
  /// The members that meet the condition, of each group with more than `most` of them some of which the delivery brings, by the first such
  /// row of each.
  package private(set) var exceeding: [GroupStanding.Members] = []
  /// A row of each group with fewer than `least`, in the order of the delivery: the first that meets the condition, or else the first; groups
  /// of stored members alone have none.
  package private(set) var short: [RowReference] = []
  private let (most, least): (Int?, Int?)
  private var group: UInt64?
  private var first: RowReference?
  private var members = GroupStanding.Members(standing: [], coming: [])

  /// Folds facts that are sorted; nil for a bound that the rule has not.
  package init(_ facts: some Sequence<GroupFact>, most: Int?, least: Int?) {
    (self.most, self.least) = (most, least)
    for fact in facts {
      if group != fact.group {
        endGroup()
        (group, first) = (fact.group, nil)
        members = GroupStanding.Members(standing: [], coming: [])
      }
      if first == nil { first = fact.member.row }
      if !fact.matches { continue }
      if let row = fact.member.row, !fact.stands { members.coming.append(row) } else { members.standing.append(fact.member) }
    }
    endGroup()
    exceeding.sort { $0.coming[0] < $1.coming[0] }
    short.sort()
  }

  private mutating func endGroup() {
    guard group != nil else { return }
    if let most, members.count > most, !members.coming.isEmpty { exceeding.append(members) }
    if let least, members.count < least, let row = members.delivered.first ?? first { short.append(row) }
  }
}
