import ElementCore
import ElementRules
import ElementSchema
import ElementWarehouse

extension DatasetRun {
  /// Decides about groups as they will stand beside what is stored, when it is known which rows wait for other reasons.
  mutating func addGroups(_ verdicts: inout RowVerdicts, _ target: RowTarget, waiting: Set<UInt64>) throws {
    var standings = try target.standings(tallies)
    let crowds = crowds(&standings, waiting: waiting)
    for (number, (rule, place)) in zip(dataset.groups, dataset.groupings).enumerated() {
      guard let standing = standings[place] else { bug("a way to group was not decided") }
      for members in crowds[number] {
        let crowd = GroupCrowd(members)
        if rule.severity == .error {
          verdicts.add(members.coming, exceeding: number, among: crowd)
        } else {
          for row in crowd.rows { try tell(exceeding(number, row, crowd, target), row) }
        }
      }
      guard let least = rule.least else { continue }
      for row in standing.short(of: least) { try addShort(number, row, stands: standing.kind(of: row) == .stands, &verdicts) }
      for row in standing.left(short: least) { try tell(short(number, row, .info, hasLeft: true), row) }
    }
  }

  /// The members of the groups of each rule that are more than it allows. A row that waits for it leaves what is stored of it where it
  /// stands, which may make another group too large: so it goes on until none is.
  private func crowds(_ standings: inout [Int: GroupStanding], waiting: Set<UInt64>) -> [[GroupStanding.Members]] {
    let groupings = dataset.groupings
    var found: [[UInt64: GroupStanding.Members]] = dataset.groups.map { _ in [:] }
    for place in standings.keys { _ = standings[place]?.leaveStanding(waiting) }
    var open = zip(dataset.groups, groupings).map { rule, place in
      rule.most.flatMap { standings[place]?.crowded($0) } ?? []
    }
    while open.contains(where: { !$0.isEmpty }) {
      var coming: Set<UInt64> = []
      for (number, rule) in dataset.groups.enumerated() {
        for group in open[number] {
          guard let most = rule.most, let members = standings[groupings[number]]?.members(of: group) else { continue }
          let isCrowd = members.count > most && (!stops(rule.code, rule.severity) || !members.coming.isEmpty)
          found[number][group] = isCrowd ? members : nil
          if isCrowd, stops(rule.code, rule.severity) { coming.formUnion(members.coming.lazy.map(\.place)) }
        }
      }
      open = dataset.groups.map { _ in [] }
      for place in standings.keys {
        let groups = standings[place]?.leaveStanding(coming) ?? []
        for number in groupings.indices where groupings[number] == place && dataset.groups[number].most != nil {
          open[number].formUnion(groups)
        }
      }
    }
    func first(_ members: GroupStanding.Members) -> UInt64 { (members.coming.first ?? members.delivered.first)?.place ?? 0 }
    return found.map { $0.values.sorted { first($0) < first($1) } }
  }

  /// A group without what it needs is told once, at the first row that is of what it needs, or else at its first; an error only
  /// where the delivery is complete and the row does not stand there as it is.
  private mutating func addShort(_ number: Int, _ row: RowReference, stands: Bool, _ verdicts: inout RowVerdicts) throws {
    let severity = dataset.groups[number].severity
    if isComplete, severity == .error, !stands { return verdicts.add(row, .short(rule: number)) }
    try tell(short(number, row, isComplete && !stands ? severity : .info, hasLeft: false), row)
  }
}
