import ElementCore

/// What becomes of a pair.
package enum LinkTier: String, Sendable, CaseIterable {
  /// One number: linked without a model.
  case certain
  /// Linked without a person.
  case auto
  /// A person is asked.
  case ask
  /// Kept apart, though much agrees.
  case guarded
}

/// A pair and what becomes of it.
package struct LinkedPair: Sendable, Hashable {
  /// The places of the two records, the lesser first.
  package let left: UInt32
  /// The place of the other record, which is greater.
  package let right: UInt32
  /// What they are to each other.
  package let judgement: PairJudgement
  /// What becomes of them.
  package let tier: LinkTier
}

/// What a run over records found.
package struct LinkageOutcome: Sendable {
  /// What each rule yielded.
  package var rules: [RuleCount]
  /// The pairs that are linked, asked about or kept apart: by weight, the greatest first, then by their places.
  package var pairs: [LinkedPair] = []
  /// For each record the first of its group, which is itself where it stands alone.
  package var groups: [UInt32] = []
  /// How each record came into its group.
  package var ways: [GroupWay] = []
  /// How many records have no key at all: nobody can say whether they stand twice.
  package var unlinkable = 0
  /// How many of all compared pairs have each pattern of levels, where that was asked for.
  package var patterns: [UInt64: Int] = [:]
  /// What a person said was one and cannot be, by its place among what was said, with what forbids it.
  package var contradictions: [Int: LinkageGuard] = [:]

  /// What is known of `count` records of which none has been grouped.
  package init(rules: [RuleCount], count: Int) {
    self.rules = rules
    groups = (0..<UInt32(count)).map { $0 }
  }

  /// How many pairs were compared.
  package var compared: Int { rules.reduce(0) { $0 + $1.newPairs } }

  /// How many pairs became what.
  package func count(_ tier: LinkTier) -> Int { pairs.count { $0.tier == tier } }
}

/// How a run is done: what a person may change for one.
package struct LinkageRequest: Sendable {
  /// The model, its thresholds as they are wanted.
  package var model: LinkageModel
  /// How many threads work.
  package var jobs: Int
  /// Whether all pairs are linked whose weight is not negative, and vetoes alone hold: for counts and measures, not for use.
  package var isBestGuess = false
  /// Whether blocks are counted and nothing is compared.
  package var isPlan = false
  /// Whether the patterns of all pairs are counted, to learn from.
  package var countsPatterns = false
  /// The most pairs that are compared; nil for no bound of its own.
  package var mostPairs: Int?
  /// The keys whose blocks are compared: all, but where several processes share the work.
  package var share = KeyShare.all
  /// Pairs of records that a person said are one, in the order in which it was said; and those that are two.
  package var same: [(UInt32, UInt32)] = []
  /// Pairs of records that a person said are two.
  package var apart: [(UInt32, UInt32)] = []

  /// A run by a model.
  package init(model: LinkageModel, jobs: Int) { (self.model, self.jobs) = (model, jobs) }
}

/// Why a run is held before anything is compared.
package struct TooManyPairs: Error, Sendable {
  /// How many pairs the blocks hold.
  package let pairs: Int
  /// How many are allowed.
  package let most: Int
}

/// Finds which records are one: blocks, pairs, guards that need all pairs, and groups.
package struct LinkageRun<Records: LinkableRecords> {
  private let records: Records
  private let request: LinkageRequest

  /// So many keys of one rule are sorted at once.
  private static var keysAtOnce: Int { 1 << 20 }

  /// A run over records.
  package init(_ records: Records, _ request: LinkageRequest) { (self.records, self.request) = (records, request) }

  /// Runs.
  ///
  /// - Throws: `TooManyPairs`, or `SpillError`.
  package func run() throws -> LinkageOutcome {
    // Where the type is known, the inmost loops call what they need directly: half of the time goes there.
    if let people = self as? LinkageRun<PersonRecords> { return try people.whole() }
    return try whole()
  }

  private func whole() throws -> LinkageOutcome {
    let found = try found()
    return try outcome(found.rules, found.pairs, found.patterns)
  }

  /// Compares its share of the keys, and groups nothing: that takes all shares.
  ///
  /// - Throws: `TooManyPairs`, or `SpillError`.
  package func shard() throws -> LinkageShard {
    let found = try (self as? LinkageRun<PersonRecords>)?.found() ?? found()
    return LinkageShard(share: request.share, search: try search(), rules: found.rules, pairs: found.pairs)
  }

  /// What one run would have found, from what processes found in their shares over the same records.
  ///
  /// - Throws: `LinkageShard.Mismatch`, or `SpillError`.
  package func run(from shards: [LinkageShard]) throws -> LinkageOutcome {
    let found = try LinkageShard.joined(shards, try search())
    return try outcome(found.rules, found.pairs, [:])
  }

  private func search() throws(SpillError) -> LinkageShard.Search {
    var digest: UInt64 = 0
    try records.forEach { (_, record) throws(SpillError) in
      digest = (digest ^ records.digest(of: record)) &* 0x9E37_79B9_7F4A_7C15 ^ digest >> 31
    }
    let model = request.model
    return LinkageShard.Search(
      model: model.digest, ask: model.ask, auto: model.auto, isBestGuess: request.isBestGuess, records: records.count,
      digest: digest)
  }

  private func found() throws -> (rules: [RuleCount], pairs: [ScoredPair], patterns: [UInt64: Int]) {
    let parts = max(1, min(4_096, 2 * records.count / Self.keysAtOnce), min(request.jobs, records.count / 4_096))
    let model = request.model
    var survey = try BlockSurvey(records: records, jobs: request.jobs, parts: parts, limits: model.blocking).run()
    let most = survey.rules.reduce(0) { $0 + $1.pairs }
    if let bound = request.mostPairs, most > bound { throw TooManyPairs(pairs: most, most: bound) }
    var finder = PairFinder(
      records: records, jobs: request.jobs, parts: parts, survey: survey,
      least: request.isBestGuess ? min(0, model.ask) : model.ask, strong: model.auto, share: request.share)
    (finder.countsOnly, finder.countsPatterns) = (request.isPlan, request.countsPatterns)
    let found = try finder.run()
    for rule in found.compared.indices { survey.rules[rule].newPairs = found.compared[rule] }
    return (survey.rules, found.pairs, found.patterns)
  }

  private func outcome(_ rules: [RuleCount], _ pairs: [ScoredPair], _ patterns: [UInt64: Int]) throws -> LinkageOutcome {
    var outcome = LinkageOutcome(rules: rules, count: records.count)
    outcome.patterns = patterns
    if request.isPlan { return outcome }
    outcome.unlinkable = try unlinkable()
    var pairs = pairs
    pairs.sort { ($1.judgement.weight, $0.left, $0.right) < ($0.judgement.weight, $1.left, $1.right) }
    if !request.isBestGuess { try Rivals(records: records).mark(&pairs, least: request.model.ask) }
    try group(pairs, &outcome)
    return outcome
  }

  private func unlinkable() throws(SpillError) -> Int {
    var (count, keys): (Int, [UInt32]) = (0, [])
    try records.forEach { (_, record) throws(SpillError) in
      keys.removeAll(keepingCapacity: true)
      for rule in records.ruleNames.indices {
        records.appendKeys(of: record, rule: rule, to: &keys)
        if !keys.isEmpty { return }
      }
      count += 1
    }
    return count
  }

  private func group(_ pairs: [ScoredPair], _ outcome: inout LinkageOutcome) throws(SpillError) {
    let model = request.model
    let apart = Set(request.apart.map { UInt64(min($0, $1)) << 32 | UInt64(max($0, $1)) })
    var pairs = pairs
    for place in pairs.indices where apart.contains(UInt64(pairs[place].left) << 32 | UInt64(pairs[place].right)) {
      if pairs[place].judgement.barrier?.isVeto != true { pairs[place].judgement.barrier = .decided }
    }
    let limits = GroupLimits(cap: UInt32(model.entityCap), test: model.test, ask: model.ask, vetoesOnly: request.isBestGuess)
    var groups = EntityGroups(records, limits, apart: request.apart)
    let least = request.isBestGuess ? 0 : model.auto
    var refused: [Int: LinkageGuard] = [:]
    for (place, pair) in request.same.enumerated() {
      if let barrier = try groups.join(pair.0, pair.1, .person) { outcome.contradictions[place] = barrier }
    }
    for (place, pair) in pairs.enumerated() where isLinked(pair, least) {
      if let barrier = try groups.join(pair.left, pair.right, pair.judgement.isCertain ? .certain : .auto) {
        refused[place] = barrier
      }
    }
    for (place, pair) in pairs.enumerated() {
      var judgement = pair.judgement
      judgement.barrier = judgement.barrier ?? refused[place]
      outcome.pairs.append(LinkedPair(left: pair.left, right: pair.right, judgement: judgement, tier: tier(judgement, least)))
    }
    (outcome.groups, outcome.ways) = (groups.groups, groups.ways)
  }

  private func isLinked(_ pair: ScoredPair, _ least: Int32) -> Bool {
    // One number decides, whatever else weighs.
    guard let barrier = pair.judgement.barrier else { return pair.judgement.isCertain || pair.judgement.weight >= least }
    return request.isBestGuess && !barrier.isFinal && pair.judgement.weight >= least
  }

  private func tier(_ judgement: PairJudgement, _ least: Int32) -> LinkTier {
    if let barrier = judgement.barrier {
      if request.isBestGuess, !barrier.isFinal, judgement.weight >= least, ![.bridge, .cap].contains(barrier) { return .auto }
      return barrier.isVeto ? .guarded : .ask
    }
    if judgement.isCertain { return .certain }
    return judgement.weight >= least ? .auto : .ask
  }
}
