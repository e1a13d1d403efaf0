import ElementLinkage
import Testing

/// What a model learns from pairs, and when it learns nothing.
struct TrainingTests {
  /// Pairs of one pattern: no more is known of both than a number and a name.
  private static func pattern(_ number: NumberLevel, _ name: PersonNameLevel) -> UInt64 {
    PersonComparison.allCases.reduce(into: UInt64(0)) { pattern, comparison in
      let level =
        switch comparison {
        case .number: number.rawValue
        case .name: name.rawValue
        default: comparison.levels.count - 1
        }
      pattern |= UInt64(level) << UInt64(4 * comparison.rawValue)
    }
  }

  private static func learned(_ pairs: [(NumberLevel, PersonNameLevel, Int)]) throws -> (model: LinkageModel, prior: Double) {
    let patterns = Dictionary(uniqueKeysWithValues: pairs.map { (pattern($0.0, $0.1), $0.2) })
    let result = try PersonTraining(try SamplePeople.model(), patterns: patterns).run()
    return (try LinkageModel(text: result.text, file: "ours.yaml"), result.prior)
  }

  @Test func `shares become those of the pairs whose numbers say what they are, and the model that is written reads again`()
    throws
  {
    let (model, _) = try Self.learned([
      (.same, .exact, 80_000), (.same, .sound, 15_000), (.same, .missing, 5_000), (.validDiffer, .exact, 10_000),
      (.validDiffer, .differ, 90_000),
    ])
    let names = try #require(model.shares[.name])
    for (level, share) in [(PersonNameLevel.exact, 800.0), (.sound, 150), (.missing, 50), (.differ, 0)] {
      #expect(abs((names[level.rawValue]?.match ?? -99) - share) < 5, "\(level)")
    }
    for (level, share) in [(PersonNameLevel.exact, 100.0), (.differ, 900), (.sound, 0)] {
      #expect(abs((names[level.rawValue]?.away ?? -99) - share) < 5, "\(level)")
    }
    let shipped = try SamplePeople.model()
    #expect(model.shares[.sex]?.keys == shipped.shares[.sex]?.keys)
    #expect((model.auto, model.ask, model.entityCap) == (shipped.auto, shipped.ask, shipped.entityCap))
    #expect(model.digest != shipped.digest)
  }

  @Test func `of pairs without a label the share of true ones is found`() throws {
    let (_, prior) = try Self.learned([
      (.same, .exact, 100_000), (.validDiffer, .differ, 100_000), (.none, .exact, 3_000), (.none, .differ, 7_000),
    ])
    #expect(abs(prior - 0.3) < 0.01)
  }

  @Test func `too few labels teach nothing`() throws {
    let refusal = #expect(throws: PersonTraining.Refusal.self) {
      try Self.learned([(.same, .exact, 499), (.validDiffer, .differ, 10_000)])
    }
    guard case .fewLabels(same: 499, different: 10_000, least: 500) = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
  }

  @Test func `a roster in which nearly all pairs would be true teaches nothing`() throws {
    let refusal = #expect(throws: PersonTraining.Refusal.self) {
      try Self.learned([(.same, .exact, 100_000), (.validDiffer, .differ, 100_000), (.none, .exact, 10_000)])
    }
    guard case .lopsided(let prior) = refusal, prior > 0.98 else {
      Issue.record("\(String(describing: refusal))")
      return
    }
  }

  @Test func `numbers that stand beside other names teach nothing`() throws {
    let refusal = #expect(throws: PersonTraining.Refusal.self) {
      try Self.learned([(.same, .differ, 10_000), (.validDiffer, .exact, 10_000)])
    }
    guard case .inverted = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
  }

  @Test func `a model is held against pairs of two numbers, as if these were not there`() throws {
    let model = try SamplePeople.model()
    let patterns = [
      Self.pattern(.validDiffer, .exact): 10, Self.pattern(.validDiffer, .differ): 990, Self.pattern(.none, .differ): 400,
      Self.pattern(.same, .exact): 5_000, Self.pattern(.off1, .exact): 100,
    ]
    let audit = SelfAudit(model, patterns: patterns)
    // A name weighs 0.6 bits and a number that is a digit off 7.6: neither makes nine.
    #expect((audit.vetoed, audit.passing, audit.undecided, audit.linked) == (1_000, 0, 500, 0))
    #expect(audit.expectedFalse == 0 && !audit.isTooMuch)
    var careless = model
    careless.auto = LinkageModel.weight(ofBits: 0)
    let other = SelfAudit(careless, patterns: patterns)
    #expect((other.passing, other.linked) == (10, 100))
    #expect(other.expectedFalse == 5 && other.isTooMuch)
  }

  @Test func `what would join too many strangers is not learned`() throws {
    let refusal = #expect(throws: PersonTraining.Refusal.self) {
      var model = try SamplePeople.model()
      model.auto = LinkageModel.weight(ofBits: -20)
      model.ask = LinkageModel.weight(ofBits: -20)
      let patterns = [
        Self.pattern(.same, .exact): 10_000, Self.pattern(.validDiffer, .differ): 10_000, Self.pattern(.none, .exact): 3_000,
        Self.pattern(.none, .differ): 7_000,
      ]
      _ = try PersonTraining(model, patterns: patterns).run()
    }
    guard case .harmful(let expected, let linked) = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(expected > 0.005 * Double(linked))
  }
}
