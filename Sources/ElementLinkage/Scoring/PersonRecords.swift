package import ElementCore
import ElementSchema
import Glibc

/// Records of people, with what all of them together say about single values.
package struct PersonRecords: LinkableRecords {
  /// By what pairs are weighed.
  package private(set) var model: LinkageModel
  private var store: FeatureStore
  private let table = HanTable.shared
  private var weights: [LevelWeights]
  private var prior: Int32
  private let names: ValueCounts
  private let sounds: ValueCounts
  private let phones: ValueCounts
  /// Values that so many rows have that they say nothing: hashes of telephones and of homes.
  private let crowdedPhones: Set<UInt64>
  private let crowdedHomes: Set<UInt32>
  /// How far frequencies count: a short roster does not know how frequent a name is.
  private let trust: Double

  private static let rules = PersonRule.allCases
  private static let comparisons = PersonComparison.allCases
  /// So many names tell how frequent each is.
  private static let manyNames = 5_000.0
  /// The most bits by which a frequent or rare name counts less or more; a telephone.
  private static let (nameBits, phoneBits): (ClosedRange<Double>, ClosedRange<Double>) = (-5...5, -6...3)

  /// Counts the values of all rows.
  package init(_ store: consuming FeatureStore, _ model: LinkageModel) throws(SpillError) {
    (self.store, self.model) = (store, model)
    weights = PersonComparison.allCases.map { LevelWeights(model.shares[$0] ?? [:]) }
    prior = LevelWeights.weight(model.prior / (1 - model.prior))
    var (names, sounds, phones, homes): ([UInt32], [UInt32], [UInt32], [UInt32]) = ([], [], [], [])
    let table = table
    names.reserveCapacity(store.count)
    sounds.reserveCapacity(store.count)
    try store.forEach { (_, features) throws(SpillError) in
      if features.nameHash != 0 {
        names.append(features.nameHash)
        sounds.append(Self.sound(features, table))
      }
      for phone in features.phones { phones.append(Self.hash(phone.word)) }
      let own = features.homes
      for home in [own.house, own.household, features.householder] where home != 0 { homes.append(home) }
    }
    self.names = ValueCounts(names, least: 2)
    self.sounds = ValueCounts(sounds, least: 2)
    self.phones = ValueCounts(phones, least: 3)
    trust = min(1, Double(names.count) / Self.manyNames)
    let placeholder = model.blocking.placeholder
    let crowds = ValueCounts(homes, least: placeholder + 1)
    var (crowdedPhones, crowdedHomes): (Set<UInt64>, Set<UInt32>) = ([], [])
    let phoneCounts = self.phones
    try store.forEach { (_, features) throws(SpillError) in
      for phone in features.phones where phoneCounts.count(Self.hash(phone.word)) > placeholder {
        crowdedPhones.insert(phone.word)
      }
      let own = features.homes
      for home in [own.house, own.household, features.householder] where home != 0 && crowds.count(home) > placeholder {
        crowdedHomes.insert(home)
      }
    }
    (self.crowdedPhones, self.crowdedHomes) = (crowdedPhones, crowdedHomes)
    if crowdedPhones.isEmpty, crowdedHomes.isEmpty { return }
    // What is in a file is cleared when it is read.
    self.store.updateInMemory { Self.cleared($0, crowdedPhones, crowdedHomes) }
  }

  /// The same rows, weighed by another model of the same bounds.
  package func weighed(by model: LinkageModel) -> PersonRecords {
    var records = self
    records.model = model
    records.weights = PersonComparison.allCases.map { LevelWeights(model.shares[$0] ?? [:]) }
    records.prior = LevelWeights.weight(model.prior / (1 - model.prior))
    return records
  }

  private static func hash(_ word: UInt64) -> UInt32 { KeyHash.of(8, word) | 1 }

  /// How many values say nothing because so many rows have them.
  package var crowdedValues: Int { crowdedPhones.count + crowdedHomes.count }

  /// How many rows there are.
  package var count: Int { store.count }

  /// The names of the blocking rules.
  package var ruleNames: [String] { PersonRule.allCases.map(\.name) }

  /// The features of a row, without what says nothing.
  package func record(_ place: Int) throws(SpillError) -> PersonFeatures {
    let features = try store.features(place)
    return place < store.spilled ? cleared(features) : features
  }

  /// Visits the features of rows, without what says nothing.
  package func forEach(
    in places: Range<Int>, _ body: (Int, PersonFeatures) throws(SpillError) -> Void
  ) throws(SpillError) {
    try store.forEach(in: places) { (place, features) throws(SpillError) in
      try body(place, place < store.spilled ? cleared(features) : features)
    }
  }

  private func cleared(_ features: PersonFeatures) -> PersonFeatures { Self.cleared(features, crowdedPhones, crowdedHomes) }

  private static func cleared(
    _ features: PersonFeatures, _ crowdedPhones: Set<UInt64>, _ crowdedHomes: Set<UInt32>
  ) -> PersonFeatures {
    if crowdedPhones.isEmpty, crowdedHomes.isEmpty { return features }
    var features = features
    let (words, homes) = (features.phoneWords, features.homes)
    features.phoneWords = (crowdedPhones.contains(words.0) ? 0 : words.0, crowdedPhones.contains(words.1) ? 0 : words.1)
    features.homes = (
      crowdedHomes.contains(homes.house) ? 0 : homes.house, crowdedHomes.contains(homes.household) ? 0 : homes.household
    )
    if crowdedHomes.contains(features.householder) { features.householder = 0 }
    return features
  }

  /// Adds the keys of a row under a rule.
  package func appendKeys(of record: PersonFeatures, rule: Int, to keys: inout [UInt32]) {
    record.appendKeys(Self.rules[rule], table, to: &keys)
  }

  /// How many times the blocks of a rule can be split.
  package func refinements(ofRule rule: Int) -> Int { Self.rules[rule].refinements.count }

  /// The key in a block that was split.
  package func refined(_ key: UInt32, of record: PersonFeatures, rule: Int, depth: Int) -> UInt32? {
    record.refined(key, Self.rules[rule].refinements[depth], table)
  }

  /// A digest of the features of a row.
  package func digest(of record: PersonFeatures) -> UInt64 {
    record.words.indices.reduce(0) { ($0 ^ record.words[$1]) &* 0x9E37_79B9_7F4A_7C15 ^ $0 >> 29 }
  }

  /// What stands for a sound number.
  package func identity(of record: PersonFeatures) -> UInt64 { record.hasValidNumber ? record.identity : 0 }

  // MARK: Weighing

  /// Compares two rows.
  package func judge(_ left: PersonFeatures, _ right: PersonFeatures) -> PairJudgement {
    let levels = PersonLevels(left, right, table)
    let isHome = levels.place == .home
    var weight = prior
    for comparison in Self.comparisons { weight += self.weight(comparison, levels, isHome: isHome) }
    weight += frequency(left, right, levels, isHome: isHome)
    let isCertain = levels.isCertain
    if isCertain { weight += LinkageModel.certain }
    let barrier = PersonGuards(left, right, levels).barrier(lifted: model.lifted)
    return PairJudgement(pattern: levels.pattern, weight: weight, barrier: barrier, isCertain: isCertain)
  }

  /// What a comparison says; birth and sex say nothing beside an equal number, which holds them.
  @inline(__always)
  private func weight(_ comparison: PersonComparison, _ levels: PersonLevels, isHome: Bool) -> Int32 {
    if comparison == .birth || comparison == .sex, levels.number == .same || levels.number == .sameWrong { return 0 }
    return weights[comparison.rawValue].weight(comparison.level(in: levels.pattern), isHome: isHome)
  }

  /// The sum of two rows part by part: where it begins, what each comparison says, and what frequencies add.
  package func parts(_ left: PersonFeatures, _ right: PersonFeatures) -> WeightParts {
    let levels = PersonLevels(left, right, table)
    let isHome = levels.place == .home
    let judgement = judge(left, right)
    return WeightParts(
      prior: prior,
      comparisons: Self.comparisons.map { comparison in
        let level = comparison.level(in: levels.pattern)
        let isDecisive =
          levels.isCertain
          && (comparison == .number && levels.number == .same || comparison == .certificate && levels.certificate == .same)
        return (comparison.rawValue, level, isDecisive ? LinkageModel.certain : weight(comparison, levels, isHome: isHome))
      }, frequency: frequency(left, right, levels, isHome: isHome), judgement: judgement)
  }

  /// What it adds that a name or a telephone is rarer than others, or more frequent.
  private func frequency(_ left: PersonFeatures, _ right: PersonFeatures, _ levels: PersonLevels, isHome: Bool) -> Int32 {
    var bits = 0.0
    if !isHome, levels.name == .exact {
      bits += Self.bits(names, left.nameHash, Self.nameBits) * trust
    } else if !isHome, levels.name == .sound {
      bits += min(Self.bits(sounds, sound(left), Self.nameBits), Self.bits(sounds, sound(right), Self.nameBits)) * trust
    }
    if levels.phone == .same, let shared = left.phones.first(where: { right.phones.contains($0) }) {
      bits += Self.bits(phones, Self.hash(shared.word), Self.phoneBits) * trust
    }
    return LinkageModel.weight(ofBits: bits)
  }

  private func sound(_ features: PersonFeatures) -> UInt32 { Self.sound(features, table) }

  private static func sound(_ features: PersonFeatures, _ table: HanTable) -> UInt32 {
    UInt32(truncatingIfNeeded: features.nameSound(table)) | 1
  }

  private static func bits(_ counts: ValueCounts, _ hash: UInt32, _ range: ClosedRange<Double>) -> Double {
    // What is too rare to be kept stands half as often as the least that is.
    let count = max(counts.count(hash), (counts.least + 1) / 2)
    return min(range.upperBound, max(range.lowerBound, log2(counts.mean / Double(count))))
  }
}
