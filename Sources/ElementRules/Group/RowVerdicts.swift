package import ElementCore

/// The rows that groups stand against, and why: little of each, since a file may have nothing but such rows. Verdicts come in any order and
/// are joined to rows by place, then rank, then as they came.
package struct RowVerdicts: Sendable {
  /// The rows, each once, ascending when they are sorted.
  package private(set) var rows: [RowReference] = []
  /// The rows of the groups that reasons name.
  package private(set) var groups: [[RowReference]] = []
  /// The members of groups that are more than a rule allows.
  package private(set) var crowds: [GroupCrowd] = []
  /// The rows of keys that stand with different contents.
  package private(set) var conflicts: [[RowReference]] = []
  private var verdicts: [(reference: RowReference, reason: GroupReason)] = []
  /// Where the reasons of each row begin, and where the last ones end.
  private var starts: [Int] = []

  /// No verdicts.
  package init() {}

  /// Notes why a row waits.
  package mutating func add(_ reference: RowReference, _ reason: GroupReason) { verdicts.append((reference, reason)) }

  /// Notes the rows of a group, by the number that it gets.
  package mutating func add(_ rows: [RowReference], _ reason: (Int) -> GroupReason) {
    for reference in rows { add(reference, reason(groups.count)) }
    groups.append(rows)
  }

  /// Notes the rows that make the members of a group more than a rule (from 0) allows.
  package mutating func add(_ rows: [RowReference], exceeding rule: Int, among members: GroupCrowd) {
    for reference in rows { add(reference, .exceeding(rule: rule, members: crowds.count)) }
    crowds.append(members)
  }

  /// Notes the rows of a key with different contents.
  package mutating func add(conflict rows: [RowReference]) {
    for reference in rows { add(reference, .conflict(rows: conflicts.count)) }
    conflicts.append(rows)
  }

  /// Forgets what stands against the rows at some places.
  package mutating func drop(_ places: Set<UInt64>) {
    if !places.isEmpty { verdicts.removeAll { places.contains($0.reference.place) } }
  }

  /// The places of the rows that something stands against.
  package var places: Set<UInt64> { Set(verdicts.map(\.reference.place)) }

  /// The places of the rows in which a value was found wrong by their own checks, as the end of the file confirmed.
  package var deferredPlaces: Set<UInt64> {
    Set(verdicts.lazy.filter { if case .deferred = $0.reason { true } else { false } }.map(\.reference.place))
  }

  /// Makes the other rows of each record that several rows make wait for what its first row waits for; returns the places (from 0) of those
  /// records.
  package mutating func share(_ records: [[RowReference]]) -> Set<Int> {
    if records.isEmpty || verdicts.isEmpty { return [] }
    let reasons = Dictionary(grouping: verdicts) { $0.reference.place }
    var found: Set<Int> = []
    for (place, rows) in records.enumerated() {
      guard let own = reasons[rows[0].place] else { continue }
      found.insert(place)
      for row in rows.dropFirst() { for (_, reason) in own { add(row, reason) } }
    }
    return found
  }

  /// Puts the rows into order, when all are noted.
  package mutating func sort() {
    // Stable, as sorting is in Swift.
    verdicts.sort { ($0.reference.place, $0.reason.rank) < ($1.reference.place, $1.reason.rank) }
    for (place, verdict) in verdicts.enumerated() where rows.last?.isSameRow(verdict.reference) != true {
      rows.append(verdict.reference)
      starts.append(place)
    }
    starts.append(verdicts.count)
  }

  /// The reasons of a row by its number in `rows`.
  package func reasons(_ row: Int) -> [GroupReason] { verdicts[starts[row]..<starts[row + 1]].map(\.reason) }
}
