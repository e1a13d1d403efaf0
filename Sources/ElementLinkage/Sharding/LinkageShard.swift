/// What one of several processes found in its share of the keys.
package struct LinkageShard: Sendable, Hashable {
  /// Which share it is.
  package let share: KeyShare
  /// What all shares of one search have in common.
  package let search: Search
  /// What the rules yield: all that is known of all keys, and the new pairs of this share.
  package let rules: [RuleCount]
  /// The pairs that are worth keeping, in the order in which they were found.
  package let pairs: [ScoredPair]

  /// By what, and over which records, pairs were found.
  package struct Search: Sendable, Hashable {
    /// SHA-256 of the model's text.
    package let model: String
    /// The thresholds, in 1/1024 bit.
    package let ask: Int32
    /// Pairs of so many are linked without a person, in 1/1024 bit.
    package let auto: Int32
    /// Whether pairs of a best guess were kept.
    package let isBestGuess: Bool
    /// How many records there are.
    package let records: Int
    /// A digest of all records as they are compared, in their order.
    package let digest: UInt64
  }

  /// What was found in a share.
  package init(share: KeyShare, search: Search, rules: [RuleCount], pairs: [ScoredPair]) {
    (self.share, self.search, self.rules, self.pairs) = (share, search, rules, pairs)
  }

  /// Why shares do not make one search.
  package enum Mismatch: Error, Sendable, Hashable {
    /// There is no shard of this number, or there are two.
    case number(Int)
    /// The shard of this number is of other records, another model or other thresholds.
    case search(Int)
  }

  /// The rules and pairs of all shares of a search.
  ///
  /// - Throws: `Mismatch`.
  static func joined(_ shards: [LinkageShard], _ search: Search) throws(Mismatch) -> (rules: [RuleCount], pairs: [ScoredPair]) {
    let count = shards.first?.share.count ?? 1
    let shards = shards.sorted { $0.share.number < $1.share.number }
    for number in 1...max(count, shards.count) where shards.count(where: { $0.share.number == number }) != 1 {
      throw .number(number)
    }
    var rules = shards[0].rules
    for shard in shards {
      guard shard.share.count == count, shard.search == search, shard.rules.count == rules.count else {
        throw .search(shard.share.number)
      }
    }
    for shard in shards.dropFirst() {
      for rule in rules.indices { rules[rule].newPairs += shard.rules[rule].newPairs }
    }
    return (rules, shards.flatMap(\.pairs))
  }
}
