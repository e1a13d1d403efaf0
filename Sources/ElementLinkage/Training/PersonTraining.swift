import ElementCore

/// Learns the shares of a model of people from the pairs of a run: equal numbers teach what true pairs look like, and two valid ones what others do.
package struct PersonTraining: Sendable {
  /// Why nothing is learned, and the shipped shares stay.
  package enum Refusal: Error, Sendable {
    /// Fewer pairs with a label than it takes.
    case fewLabels(same: Int, different: Int, least: Int)
    /// Nearly all pairs, or nearly none, would be true.
    case lopsided(prior: Double)
    /// Other names would say more for one person than equal ones.
    case inverted
    /// Too many strangers would be joined: of so many pairs that are linked without a person.
    case harmful(expected: Double, linked: Int)
  }

  /// What was learned.
  package struct Learned: Sendable {
    /// The text of a model with other shares.
    package let text: String
    /// How many pairs of one number taught it, and how many of two.
    package let same, different: Int
    /// The share of true pairs among the others, 0 to 1.
    package let prior: Double
    /// What the model would do to pairs that are surely two people.
    package let audit: SelfAudit
  }

  private static let (least, priors) = (500, 0.02...0.98)
  private let model: LinkageModel
  private let patterns: [UInt64: Int]

  /// A training by the patterns that a run counted.
  package init(_ model: LinkageModel, patterns: [UInt64: Int]) { (self.model, self.patterns) = (model, patterns) }

  /// Learns.
  ///
  /// - Throws: `Refusal`.
  package func run() throws(Refusal) -> Learned {
    let comparisons = PersonComparison.allCases.filter { model.shares[$0] != nil }
    var (groups, same, different): ([LevelTraining.Group], Int, Int) = ([], 0, 0)
    for (pattern, count) in patterns {
      let number = NumberLevel(rawValue: PersonComparison.number.level(in: pattern)) ?? .none
      let label: Bool? = number == .same ? true : number == .validDiffer ? false : nil
      if label == true { same += count } else if label == false { different += count }
      let isNumbered = number == .same || number == .sameWrong
      let levels = comparisons.map { comparison -> Int in
        // What an equal number holds says nothing again.
        let isHeld = isNumbered && (comparison == .birth || comparison == .sex)
        return isHeld ? comparison.levels.count - 1 : comparison.level(in: pattern)
      }
      let isHome = PersonComparison.place.level(in: pattern) == PlaceLevel.home.rawValue
      groups.append(LevelTraining.Group(levels: levels, isHome: isHome, count: Double(count), label: label))
    }
    guard same >= Self.least, different >= Self.least else {
      throw .fewLabels(same: same, different: different, least: Self.least)
    }
    let silent = comparisons.map { comparison in
      Set(comparison.levels.indices.filter { comparison.decisive.contains(comparison.levels[$0]) })
    }
    let training = LevelTraining(groups, silent: silent, home: comparisons.firstIndex(of: .place))
    let result = training.run(from: comparisons.map { model.shares[$0] ?? [:] }, prior: model.prior)
    guard Self.priors.contains(result.prior) else { throw .lopsided(prior: result.prior) }
    let shares = Dictionary(uniqueKeysWithValues: zip(comparisons, result.shares))
    let names = shares[.name] ?? [:]
    let (exact, other) = (names[PersonNameLevel.exact.rawValue]?.match ?? 0, names[PersonNameLevel.differ.rawValue]?.match ?? 0)
    guard exact > other else { throw .inverted }
    let fitted = model.fitted(shares, prior: result.prior)
    let audit = SelfAudit(fitted, patterns: patterns)
    if audit.isTooMuch { throw .harmful(expected: audit.expectedFalse, linked: audit.linked) }
    let text = LinkageModel.text(of: model, shares: shares, prior: result.prior)
    return Learned(text: text, same: same, different: different, prior: result.prior, audit: audit)
  }
}
