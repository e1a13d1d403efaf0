import ElementCore

/// Which records are one: groups that grow by links, each of which must agree with all that is in the groups it joins.
struct EntityGroups<Records: LinkableRecords> {
  private let records: Records
  private let limits: GroupLimits
  /// For each record the first of its group.
  private var heads: [UInt32]
  /// The next record of a group, the last pointing to the first.
  private var next: [UInt32]
  private var sizes: [UInt32: UInt32] = [:]
  /// How each record came into its group.
  private(set) var ways: [GroupWay]
  /// For each record those that a person said it is not.
  private var apart: [UInt32: [UInt32]] = [:]
  /// The number that a group has, by its head; nothing where it has none or was not asked.
  private var identities: [UInt32: UInt64] = [:]

  init(_ records: Records, _ limits: GroupLimits, apart pairs: [(UInt32, UInt32)] = []) {
    (self.records, self.limits) = (records, limits)
    heads = (0..<UInt32(records.count)).map { $0 }
    next = heads
    ways = Array(repeating: .single, count: records.count)
    for (one, other) in pairs {
      apart[one, default: []].append(other)
      apart[other, default: []].append(one)
    }
  }

  /// The first record of each record's group.
  var groups: [UInt32] { heads }

  /// The head of a record's group.
  func head(_ place: UInt32) -> UInt32 { heads[Int(place)] }

  /// The records of a group, from its head.
  func members(_ head: UInt32) -> [UInt32] {
    var (members, place) = ([head], next[Int(head)])
    while place != head {
      members.append(place)
      place = next[Int(place)]
    }
    return members
  }

  /// Joins the groups of a pair; what forbids it is told, and nothing changes then. What a person said needs no agreement beside it.
  mutating func join(_ left: UInt32, _ right: UInt32, _ way: GroupWay) throws(SpillError) -> LinkageGuard? {
    let (one, other) = (min(head(left), head(right)), max(head(left), head(right)))
    if one == other { return nil }
    let (count, added) = (sizes[one] ?? 1, sizes[other] ?? 1)
    if count + added > limits.cap { return .cap }
    let (mine, its) = (try identity(one), try identity(other))
    if mine != 0, its != 0, mine != its { return .twoNumbers }
    if areApart(one, other) { return .decided }
    if count + added > 2, way == .auto, let barrier = try barrier(members(one), members(other)) { return barrier }
    merge(one, other)
    sizes[one] = count + added
    identities[one] = mine != 0 ? mine : its
    for row in [Int(left), Int(right)] where ways[row] == .single { ways[row] = way }
    return nil
  }

  /// Whether a person said of some member of one group that it is not some member of the other.
  private func areApart(_ one: UInt32, _ other: UInt32) -> Bool {
    if apart.isEmpty { return false }
    return members(one).contains { member in apart[member]?.contains { head($0) == other } ?? false }
  }

  private mutating func merge(_ one: UInt32, _ other: UInt32) {
    for place in members(other) { heads[Int(place)] = one }
    (next[Int(one)], next[Int(other)]) = (next[Int(other)], next[Int(one)])
  }

  private mutating func identity(_ head: UInt32) throws(SpillError) -> UInt64 {
    if let known = identities[head] { return known }
    let identity = records.identity(of: try records.record(Int(head)))
    identities[head] = identity
    return identity
  }

  /// What stands between two groups: a guard between any two members, or that they do not agree as a whole.
  private func barrier(_ mine: [UInt32], _ its: [UInt32]) throws(SpillError) -> LinkageGuard? {
    var sum: Int64 = 0
    var least = Int32.max
    var others: [Records.Record] = []
    for place in its { others.append(try records.record(Int(place))) }
    for place in mine {
      let record = try records.record(Int(place))
      for other in others {
        let judgement = records.judge(record, other)
        if let barrier = judgement.barrier, !limits.vetoesOnly || barrier.isFinal { return barrier }
        sum += Int64(judgement.weight)
        least = min(least, judgement.weight)
      }
    }
    switch limits.test {
    case .average: return sum >= 0 ? nil : .bridge
    case .complete: return least >= limits.ask ? nil : .bridge
    case .single: return nil
    }
  }
}

/// How a record came into its group.
package enum GroupWay: UInt8, Sendable, CaseIterable {
  /// It stands alone.
  case single
  /// By a number.
  case certain
  /// By its weight.
  case auto
  /// By the word of a person.
  case person
}

/// The bounds of groups: part of a model.
struct GroupLimits {
  /// The most records of a group.
  let cap: UInt32
  /// How groups must agree.
  let test: LinkageModel.GroupTest
  /// What is asked about, in 1/1024 bit.
  let ask: Int32
  /// Whether guards that leave a pair to a person are passed over.
  let vetoesOnly: Bool
}
