import ElementCore

/// A pair that is worth keeping: likely enough to ask about, or kept apart though it looks alike.
package struct ScoredPair: Sendable, Hashable {
  /// The places of the two records, the lesser first.
  package let left: UInt32
  /// The place of the other record, which is greater.
  package let right: UInt32
  /// What they are to each other.
  package var judgement: PairJudgement
}

/// Compares the records that share a block, each pair under the first rule that brings it together: so no set of pairs is held.
struct PairFinder<Records: LinkableRecords> {
  let records: Records
  let jobs: Int
  let parts: Int
  let survey: BlockSurvey<Records>.Findings
  /// Pairs of less weight, in 1/1024 bit, are counted only.
  let least: Int32
  /// Pairs of two numbers are kept from this weight on, in 1/1024 bit: so much agrees beside them that somebody must look.
  let strong: Int32
  /// The keys whose blocks are compared.
  let share: KeyShare
  /// Whether pairs are counted and not compared.
  var countsOnly = false
  /// Whether the patterns of all pairs are counted: what is learned from.
  var countsPatterns = false

  /// What a part of the work found.
  struct Found: Sendable {
    var pairs: [ScoredPair] = []
    var compared = 0
    var patterns: [UInt64: Int] = [:]
  }

  /// The pairs of all rules, those worth keeping, and how many each rule brought.
  func run() throws(SpillError) -> (pairs: [ScoredPair], compared: [Int], patterns: [UInt64: Int]) {
    var (pairs, patterns): ([ScoredPair], [UInt64: Int]) = ([], [:])
    var compared = Array(repeating: 0, count: records.ruleNames.count)
    for rule in compared.indices {
      let found = try KeyEntries.map(records, rule: rule, parts: parts, share: share, jobs: jobs) {
        (entries) throws(SpillError) in
        try find(rule: rule, entries)
      }
      for one in found {
        compared[rule] += one.compared
        pairs += one.pairs
        patterns.merge(one.patterns, uniquingKeysWith: +)
      }
    }
    return (pairs, compared, patterns)
  }

  private func isKept(_ judgement: PairJudgement) -> Bool {
    switch judgement.barrier {
    case .twoNumbers: judgement.weight >= strong
    case .oneNumber: true
    default: judgement.weight >= least
    }
  }

  private func find(rule: Int, _ entries: KeyEntries) throws(SpillError) -> Found {
    var found = Found()
    var block = RecordBlock(records, rule: rule, survey.oversize)
    try entries.forEachBlock {
      (key, entries) throws(SpillError) in
      try find(key, entries.map { Int($0 & 0xFFFF_FFFF) }, base: key, depth: 0, &block, &found)
    }
    return found
  }

  private func find(
    _ key: UInt32, _ places: [Int], base: UInt32, depth: Int, _ block: inout RecordBlock<Records>, _ found: inout Found
  ) throws(SpillError) {
    if survey.oversize.contains(key, rule: block.rule) {
      guard depth < records.refinements(ofRule: block.rule) else { return }
      let split = try KeyEntries(splitting: key, places, of: records, rule: block.rule, depth: depth)
      try split.forEachBlock { (key, entries) throws(SpillError) in
        try find(key, entries.map { Int($0 & 0xFFFF_FFFF) }, base: base, depth: depth + 1, &block, &found)
      }
      return
    }
    try block.fill(places)
    for one in 0..<places.count - 1 {
      for other in one + 1..<places.count where !block.isFoundEarlier(one, other, base) {
        found.compared += 1
        if countsOnly { continue }
        let judgement = records.judge(block.members[one], block.members[other])
        if countsPatterns { found.patterns[judgement.pattern, default: 0] += 1 }
        guard isKept(judgement) else { continue }
        found.pairs.append(
          ScoredPair(left: UInt32(places[one]), right: UInt32(places[other]), judgement: judgement))
      }
    }
  }
}

/// The records of one block, with their keys under its rule and all before it.
struct RecordBlock<Records: LinkableRecords> {
  private let records: Records
  let rule: Int
  private let oversize: OversizeBlocks
  private(set) var members: [Records.Record] = []
  private var keys: [UInt32] = []
  /// Where the keys of each member under each rule end, `rule + 1` a member.
  private var ends: [Int] = []

  init(_ records: Records, rule: Int, _ oversize: OversizeBlocks) {
    (self.records, self.rule, self.oversize) = (records, rule, oversize)
  }

  /// Takes the records of another block.
  mutating func fill(_ places: [Int]) throws(SpillError) {
    members.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for place in places {
      let record = try records.record(place)
      members.append(record)
      for rule in 0...rule {
        records.appendKeys(of: record, rule: rule, to: &keys)
        ends.append(keys.count)
      }
    }
  }

  private func keys(_ member: Int, _ wanted: Int) -> Range<Int> {
    let place = member * (rule + 1) + wanted
    return (place == 0 ? 0 : ends[place - 1])..<ends[place]
  }

  /// Whether an earlier rule brings two members together, or this one under a lesser key than `base`.
  func isFoundEarlier(_ one: Int, _ other: Int, _ base: UInt32) -> Bool {
    for earlier in 0...rule {
      let (mine, its) = (keys(one, earlier), keys(other, earlier))
      if mine.isEmpty || its.isEmpty { continue }
      for place in mine {
        let key = keys[place]
        if earlier == rule, key >= base { continue }
        if its.contains(where: { keys[$0] == key }), isCompared(key, earlier, one, other) { return true }
      }
    }
    return false
  }

  /// Whether two members that share a key are compared under it: its block is small enough, or they stay together when it is split.
  private func isCompared(_ key: UInt32, _ rule: Int, _ one: Int, _ other: Int) -> Bool {
    var (key, depth) = (key, 0)
    while oversize.contains(key, rule: rule) {
      guard depth < records.refinements(ofRule: rule),
        let mine = records.refined(key, of: members[one], rule: rule, depth: depth),
        let its = records.refined(key, of: members[other], rule: rule, depth: depth), mine == its
      else { return false }
      (key, depth) = (mine, depth + 1)
    }
    return true
  }
}
