import ElementCore
import ElementLinkage
import ElementSchema
import Testing

/// Blocking: pairs of records that share a key, each once, whatever the jobs; large blocks are split, and what stays too large is told.
struct BlockingTests {
  /// Records with keys by chance: each a list of keys a rule, and what its blocks are split by.
  struct ToyRecords: LinkableRecords {
    struct Record: Sendable {
      let keys: [[UInt32]]
      let parts: [UInt32?]
      let place: Int
    }

    let all: [Record]
    var identities: [UInt64] = []
    var weights: [[Int32]] = []
    var count: Int { all.count }
    var ruleNames: [String] { all.first?.keys.indices.map { "rule-\($0)" } ?? [] }

    func record(_ place: Int) -> Record { all[place] }

    func forEach(in places: Range<Int>, _ body: (Int, Record) throws(SpillError) -> Void) throws(SpillError) {
      for place in places { try body(place, all[place]) }
    }

    func appendKeys(of record: Record, rule: Int, to keys: inout [UInt32]) { keys += record.keys[rule] }

    func refinements(ofRule rule: Int) -> Int { all.first?.parts.count ?? 0 }

    func refined(_ key: UInt32, of record: Record, rule: Int, depth: Int) -> UInt32? {
      record.parts[depth].map { key &* 31 &+ $0 &+ 1_000_000 }
    }

    func judge(_ left: Record, _ right: Record) -> PairJudgement {
      let weight = weights.isEmpty ? 0 : weights[min(left.place, right.place)][max(left.place, right.place)]
      return PairJudgement(pattern: 0, weight: weight, barrier: nil, isCertain: false)
    }

    func parts(_ left: Record, _ right: Record) -> WeightParts {
      WeightParts(prior: 0, comparisons: [], frequency: 0, judgement: judge(left, right))
    }

    func digest(of record: Record) -> UInt64 { UInt64(record.place) }

    func identity(of record: Record) -> UInt64 { identities.isEmpty ? 0 : identities[record.place] }
  }

  private static func toys(_ count: Int, seed: UInt64, crowd: Int) -> ToyRecords {
    var random = SeededGenerator(seed: seed)
    let records = (0..<count).map { place -> ToyRecords.Record in
      let keys = (0..<4).map { rule -> [UInt32] in
        var keys = Set(
          (0..<Int.random(in: 0...2, using: &random)).map { _ in UInt32.random(in: 1...UInt32(count / 3 + 2), using: &random) })
        if place < crowd, rule == 1 { keys.insert(9_999) }
        return keys.map { $0 &* 2_654_435_761 }.sorted()
      }
      return ToyRecords.Record(
        keys: keys, parts: [UInt32.random(in: 0...2, using: &random), Bool.random(using: &random) ? UInt32(place % 4) : nil],
        place: place)
    }
    return ToyRecords(all: records)
  }

  private static func model(cap: Int) throws -> LinkageModel {
    let file = try #require(try SchemaText.person)
    return try LinkageModel(
      text: file.replacing(
        "blocking: {cap: 60, placeholder: 50, budget: 12}", with: "blocking: {cap: \(cap), placeholder: 50, budget: 1000}"),
      file: "person.yaml")
  }

  private static func run(_ toys: ToyRecords, cap: Int, jobs: Int) throws -> LinkageOutcome {
    var request = LinkageRequest(model: try model(cap: cap), jobs: jobs)
    // Every pair that is compared is kept.
    (request.model.ask, request.model.auto) = (0, .max)
    return try LinkageRun(toys, request).run()
  }

  /// The pairs that come together by the plain reading of the rules: all of each block that is small enough, as often split as it must be.
  private static func obvious(_ toys: ToyRecords, cap: Int) -> Set<[Int]> {
    var pairs: Set<[Int]> = []
    func add(_ block: [ToyRecords.Record], _ depth: Int) {
      if block.count <= cap {
        for one in block { for other in block where one.place < other.place { pairs.insert([one.place, other.place]) } }
      } else if depth < 2 {
        let groups = Dictionary(grouping: block.filter { $0.parts[depth] != nil }) { $0.parts[depth] }
        for group in groups.values { add(group, depth + 1) }
      }
    }
    for rule in 0..<4 {
      var blocks: [UInt32: [ToyRecords.Record]] = [:]
      for record in toys.all { for key in record.keys[rule] { blocks[key, default: []].append(record) } }
      for block in blocks.values { add(block, 0) }
    }
    return pairs
  }

  @Test(arguments: [(40, 5, 0), (200, 4, 30), (200, 60, 100), (300, 2, 120)])
  func `the pairs are those of the plain reading, each once, for any number of jobs`(_ count: Int, _ cap: Int, _ crowd: Int)
    throws
  {
    for seed in 1...UInt64(8) {
      let toys = Self.toys(count, seed: seed, crowd: crowd)
      let expected = Self.obvious(toys, cap: cap)
      for jobs in [1, 2, 8] {
        let outcome = try Self.run(toys, cap: cap, jobs: jobs)
        let found = outcome.pairs.map { [Int($0.left), Int($0.right)] }
        #expect(Set(found) == expected)
        #expect(found.count == expected.count)
        #expect(outcome.compared == expected.count)
      }
    }
  }

  @Test(arguments: [1, 1_000, 1 << 20]) func `rows are the same from memory and from a file`(_ bytes: Int) throws {
    var store = FeatureStore(beside: ["/tmp/yaosu"], bytesInMemory: bytes)
    let rows = try (0..<60).map {
      try SamplePeople.features([.name: "示例\($0)", .household: "\($0)", .householdScope: "320699001001"])
    }
    for row in rows {
      store.append(row)
      try store.settle()
    }
    #expect(store.count == 60)
    for (place, row) in rows.enumerated() { #expect(try store.features(place).name == row.name) }
    var seen = 0
    try store.forEach { (place, row) throws(SpillError) in
      if place == seen, row.name == rows[place].name { seen += 1 }
    }
    #expect(seen == 60)
  }

  @Test func `what stays too large is counted and told`() throws {
    let toys = BlockingTests.ToyRecords(
      all: (0..<100).map { .init(keys: [[7]], parts: [$0 < 90 ? 1 : 2, 5], place: $0) })
    let outcome = try Self.run(toys, cap: 10, jobs: 2)
    let rule = outcome.rules[0]
    #expect(rule.largest == 100)
    #expect(rule.leftOutBlocks == 1)
    #expect(rule.leftOutPairs == 90 * 89 / 2)
    #expect(outcome.compared == 10 * 9 / 2)
  }
}

/// A generator of random numbers that gives the same ones for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    return mixed ^ mixed >> 27
  }
}
