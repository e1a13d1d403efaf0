import ElementCore
import ElementTestSupport
import Testing

extension FindingLog {
  /// The findings that were kept, in their order.
  func all(where isWanted: (Glance) -> Bool = { _ in true }) throws -> [Finding] {
    var all: [Finding] = []
    try forEach(where: isWanted) { all.append($0) }
    return all
  }
}

/// The stream of findings against an array that is sorted.
struct FindingLogTests {
  private static let codes = ["F0101", "S0101", "V1003", "V1103", "R2001", "G2005", "N0001", "W0001"].compactMap(
    RuleCode.init(parsing:))

  /// Findings of all shapes in no order, the same for the same seed.
  private static func findings(_ count: Int, seed: UInt64) -> [Finding] {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    return (0..<count).map { serial in
      Finding(
        codes[next(codes.count)], Severity.allCases[next(3)], row: next(40), line: next(1 << 20), column: next(30),
        field: next(10) - 1, byte: next(1 << 40), value: String(repeating: "示", count: next(200)), expected: String(serial),
        suggestion: next(2) == 0 ? nil : Suggestion(value: "⇄\u{0}", safe: next(2) == 0),
        facts: Dictionary(uniqueKeysWithValues: (0..<next(4)).map { ("f\($0)", String(repeating: "a", count: next(5))) }),
        related: (0..<next(3)).map { RelatedRow(input: $0, row: next(1 << 30), line: next(1 << 30)) }, count: next(1 << 20))
    }
  }

  /// The order that is written down, stable for what is alike.
  private static func sorted(_ findings: [Finding]) -> [Finding] {
    findings.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      return (one.row, one.column, one.code, left.offset) < (other.row, other.column, other.code, right.offset)
    }.map(\.element)
  }

  @Test(arguments: [64, 1_000, 20_000, 4 << 20], [0, 1, 700])
  func `what is read is what was written, in the order written down`(
    _ runSize: Int, _ count: Int
  ) throws {
    let scratch = try ScratchFolder()
    var log = FindingLog(beside: [scratch.path + "/none/l.csv", scratch.path + "/l.csv"], runSize: runSize)
    let findings = Self.findings(count, seed: UInt64(runSize))
    for (place, finding) in findings.enumerated() {
      log.add(finding)
      try log.settle()
      // Reading in between takes nothing away.
      if place == count / 2 { _ = try log.all() }
    }
    for _ in 0..<2 { #expect(try log.all() == Self.sorted(findings)) }
    #expect(try log.all { $0.code == Self.codes[2] } == Self.sorted(findings.filter { $0.code == Self.codes[2] }))
    #expect(log.counts.counts.values.reduce(0, +) == count)
  }

  @Test(arguments: [64, 1 << 20]) func `findings that come in order stay one run, and late ones find their place`(
    _ runSize: Int
  ) throws {
    let scratch = try ScratchFolder()
    var log = FindingLog(beside: [scratch.path + "/l.csv"], runSize: runSize)
    let early = (1...500).map { Finding(RuleCode("V1003"), .warning, row: $0, column: 2) }
    let late = [
      Finding(RuleCode("G2005"), .error, row: 499, column: 1), Finding(RuleCode("G2005"), .error, row: 3, column: 2),
      Finding(RuleCode("F0101"), .info),
    ]
    for finding in early + late {
      log.add(finding)
      try log.settle()
    }
    #expect(try log.all() == Self.sorted(early + late))
  }

  @Test(arguments: [1, 2, 3, 7]) func `merging batches keeps the first ones in order, whatever the cut`(_ size: Int) throws {
    let findings = (1...50).map { Finding(RuleCode("V1003"), .info, row: $0) }
    var log = FindingLog(FindingCounts(limit: 5))
    for start in stride(from: 0, to: findings.count, by: size) {
      var part = FindingBuffer(FindingCounts(limit: 5))
      for finding in findings[start..<min(start + size, findings.count)] { part.add(finding) }
      log.merge(part)
    }
    #expect(try log.all() == Array(findings[..<5]))
    #expect(log.counts.counts == [.init(code: RuleCode("V1003"), severity: .info): 50])
  }

  @Test func `errors are never dropped by a limit, where they are kept`() throws {
    for (keepsErrors, kept) in [(true, 10), (false, 4)] {
      var log = FindingLog(FindingCounts(limit: 4, keepsErrors: keepsErrors))
      for row in 1...10 { log.add(Finding(RuleCode("V1103"), .error, row: row)) }
      #expect(try log.all().map(\.row) == Array(1...kept))
      #expect(log.counts.count(.error) == 10)
    }
  }

  @Test func `a column of errors takes no room from another`() throws {
    var log = FindingLog(FindingCounts(limit: 2, keepsErrors: false))
    for row in 1...5 { log.add(Finding(RuleCode("V1016"), .error, row: row, field: 1)) }
    log.add(Finding(RuleCode("V1016"), .error, row: 5, field: 2))
    log.drop(RuleCode("V1016"), field: 1, count: 5)
    #expect(try log.all().map(\.field) == [2])
    #expect(log.counts.count(.error) == 1)
  }

  @Test func `dropping a code about a field leaves other fields and counts what was not kept`() throws {
    var log = FindingLog(FindingCounts(limit: 2, keepsErrors: false))
    for row in 1...5 { log.add(Finding(RuleCode("V1016"), .error, row: row, field: 1)) }
    log.add(Finding(RuleCode("V1017"), .error, row: 1, field: 1))
    log.drop(RuleCode("V1016"), field: 1, count: 5)
    #expect(try log.all().map(\.code) == [RuleCode("V1017")])
    #expect(log.counts.count(.error) == 1)
  }

  @Test func `without a disk a bounded log stays in memory, and one of all findings is an error`() throws {
    let nowhere = try ScratchFolder().path + "/none/l.csv"
    var bounded = FindingLog(FindingCounts(limit: 1_000, keepsErrors: false), beside: [nowhere], runSize: 64)
    var whole = FindingLog(beside: [nowhere], runSize: 64)
    for finding in Self.findings(20, seed: 1) { bounded.add(finding) }
    try bounded.settle()
    #expect(try bounded.all() == Self.sorted(Self.findings(20, seed: 1)))
    for finding in Self.findings(20, seed: 1) { whole.add(finding) }
    #expect(throws: SpillError.self) { try whole.settle() }
  }
}
