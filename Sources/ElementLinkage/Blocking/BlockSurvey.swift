import ElementCore

/// What a rule yields: the table that `dedupe find --plan` prints.
package struct RuleCount: Sendable, Hashable {
  /// The name of the rule.
  package let name: String
  /// How many keys all records have.
  package var keys = 0
  /// How many pairs its blocks hold that are not too large.
  package var pairs = 0
  /// How many of them no earlier rule holds; known once pairs were found.
  package var newPairs = 0
  /// How many records the largest block has.
  package var largest = 0
  /// How many blocks stay too large when they have been split.
  package var leftOutBlocks = 0
  /// How many pairs are not compared for that.
  package var leftOutPairs = 0
  /// The most records of a block; less than the model's where there would be too many pairs.
  package var cap: Int

  /// A rule of which nothing is known yet.
  init(name: String, cap: Int) { (self.name, self.cap) = (name, cap) }
}

/// The blocks that are too large, of all rules: found before any pair is compared, so that what is compared does not depend on the order of
/// the work.
struct OversizeBlocks: Sendable {
  private var keys: Set<UInt64> = []

  /// Notes a block.
  mutating func insert(_ key: UInt32, rule: Int) { keys.insert(UInt64(rule) << 32 | UInt64(key)) }

  /// Whether the block is too large.
  func contains(_ key: UInt32, rule: Int) -> Bool { !keys.isEmpty && keys.contains(UInt64(rule) << 32 | UInt64(key)) }

  /// Adds the blocks of a part of the work.
  mutating func formUnion(_ other: OversizeBlocks) { keys.formUnion(other.keys) }
}

/// Counts the blocks of all rules.
struct BlockSurvey<Records: LinkableRecords> {
  let records: Records
  let jobs: Int
  let parts: Int
  let limits: BlockingLimits

  /// What the survey found.
  struct Findings: Sendable {
    var rules: [RuleCount]
    var oversize = OversizeBlocks()
  }

  /// Counts, and lowers the caps of the largest rules until all pairs are within the budget.
  func run() throws(SpillError) -> Findings {
    var caps = Array(repeating: limits.cap, count: records.ruleNames.count)
    var findings = Findings(rules: [])
    for rule in caps.indices {
      let counted = try count(rule, cap: caps[rule])
      findings.rules.append(counted.rules[0])
      findings.oversize.formUnion(counted.oversize)
    }
    let budget = limits.budget * records.count
    while findings.rules.reduce(0, { $0 + $1.pairs }) > budget {
      let largest = findings.rules.indices.max { findings.rules[$0].pairs < findings.rules[$1].pairs } ?? 0
      if caps[largest] <= 2 { break }
      caps[largest] /= 2
      let counted = try count(largest, cap: caps[largest])
      findings.rules[largest] = counted.rules[0]
      findings.oversize.formUnion(counted.oversize)
    }
    return findings
  }

  private func count(_ rule: Int, cap: Int) throws(SpillError) -> Findings {
    let counted = try KeyEntries.map(records, rule: rule, parts: parts, jobs: jobs) { (entries) throws(SpillError) in
      try count(rule, entries, cap)
    }
    var findings = Findings(rules: [RuleCount(name: records.ruleNames[rule], cap: cap)])
    for one in counted {
      findings.oversize.formUnion(one.oversize)
      findings.rules[0].keys += one.rules[0].keys
      findings.rules[0].pairs += one.rules[0].pairs
      findings.rules[0].largest = max(findings.rules[0].largest, one.rules[0].largest)
      findings.rules[0].leftOutBlocks += one.rules[0].leftOutBlocks
      findings.rules[0].leftOutPairs += one.rules[0].leftOutPairs
    }
    return findings
  }

  private func count(_ rule: Int, _ entries: KeyEntries, _ cap: Int) throws(SpillError) -> Findings {
    var findings = Findings(rules: [RuleCount(name: records.ruleNames[rule], cap: cap)])
    findings.rules[0].keys = entries.entries.count
    try entries.forEachBlock { (key, block) throws(SpillError) in
      findings.rules[0].largest = max(findings.rules[0].largest, block.count)
      try count(key, block.map { Int($0 & 0xFFFF_FFFF) }, rule, depth: 0, cap, &findings)
    }
    return findings
  }

  private func count(
    _ key: UInt32, _ places: [Int], _ rule: Int, depth: Int, _ cap: Int, _ findings: inout Findings
  ) throws(SpillError) {
    let pairs = places.count * (places.count - 1) / 2
    if places.count <= cap {
      findings.rules[0].pairs += pairs
      return
    }
    findings.oversize.insert(key, rule: rule)
    guard depth < records.refinements(ofRule: rule) else {
      findings.rules[0].leftOutBlocks += 1
      findings.rules[0].leftOutPairs += pairs
      return
    }
    let split = try KeyEntries(splitting: key, places, of: records, rule: rule, depth: depth)
    // Those that do not say what the block is split by are compared with nobody of it.
    let silent = places.count - split.entries.count
    if silent > 1 {
      findings.rules[0].leftOutBlocks += 1
      findings.rules[0].leftOutPairs += silent * (silent - 1) / 2
    }
    try split.forEachBlock { (key, block) throws(SpillError) in
      try count(key, block.map { Int($0 & 0xFFFF_FFFF) }, rule, depth: depth + 1, cap, &findings)
    }
  }
}

/// The bounds of blocking: part of a model.
package struct BlockingLimits: Sendable, Hashable {
  /// The most records of a block that are compared each with each.
  package var cap = 60
  /// A value that more records have is no evidence.
  package var placeholder = 50
  /// The most pairs, for each record.
  package var budget = 12

  /// The shipped bounds.
  package init() {}
}

extension KeyEntries {
  /// Makes of the sorted keys of all records under a rule, part by part, what `transform` makes of each: so many parts at a time as there are threads. The keys
  /// of a record are made once for all of these, for which the records are cut into stretches.
  static func map<Records: LinkableRecords, Output: Sendable>(
    _ records: Records, rule: Int, parts: Int, share: KeyShare = .all, jobs: Int,
    _ transform: @Sendable (KeyEntries) throws(SpillError) -> Output
  ) throws(SpillError) -> [Output] {
    let step = max(1, (records.count + jobs - 1) / jobs)
    let stretches = stride(from: 0, to: records.count, by: step).map { $0..<min(records.count, $0 + step) }
    var outputs: [Output] = []
    for first in stride(from: 0, to: parts, by: jobs) {
      let wanted = first..<min(parts, first + jobs)
      let buckets = try WorkShare.map(stretches.count, jobs: jobs) { (stretch) throws(SpillError) -> [KeyEntries] in
        try Self.buckets(records, stretches[stretch], rule, wanted, of: parts, share)
      }
      outputs += try WorkShare.map(wanted.count, jobs: jobs) { (part) throws(SpillError) -> Output in
        var entries = KeyEntries()
        for bucket in buckets { entries.add(bucket[part]) }
        entries.sort()
        return try transform(entries)
      }
    }
    return outputs
  }

  /// The keys of a stretch of the records, by the parts that are wanted.
  private static func buckets<Records: LinkableRecords>(
    _ records: Records, _ stretch: Range<Int>, _ rule: Int, _ wanted: Range<Int>, of parts: Int, _ share: KeyShare
  ) throws(SpillError) -> [KeyEntries] {
    var buckets = Array(repeating: KeyEntries(), count: wanted.count)
    var keys: [UInt32] = []
    try records.forEach(in: stretch) { (place, record) throws(SpillError) in
      keys.removeAll(keepingCapacity: true)
      records.appendKeys(of: record, rule: rule, to: &keys)
      for key in keys {
        if let part = share.part(key, of: parts), wanted.contains(part) { buckets[part - wanted.lowerBound].add(key, place) }
      }
    }
    return buckets
  }

  /// The sorted keys of the records of a block that is split; those that do not say what by are left out.
  init<Records: LinkableRecords>(
    splitting key: UInt32, _ places: [Int], of records: Records, rule: Int, depth: Int
  ) throws(SpillError) {
    self.init()
    for place in places {
      guard let refined = records.refined(key, of: try records.record(place), rule: rule, depth: depth) else { continue }
      add(refined, place)
    }
    sort()
  }
}
