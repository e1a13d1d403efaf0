/// Learns from the pairs of a run how much each level says: expectation and maximisation over the patterns of levels, with the shipped shares as
/// what is known before, and labels where pairs have them (linkage design, §4.2).
package struct LevelTraining: Sendable {
  /// Pairs of one pattern.
  package struct Group: Sendable, Hashable {
    /// The level of each comparison.
    package let levels: [Int]
    /// Whether they share a home.
    package let isHome: Bool
    /// How many they are; answers of people count several.
    package var count: Double
    /// Whether they are known to be one, or to be two; nil for neither.
    package let label: Bool?

    /// Pairs of one pattern.
    package init(levels: [Int], isHome: Bool, count: Double, label: Bool?) {
      (self.levels, self.isHome, self.count, self.label) = (levels, isHome, count, label)
    }
  }

  /// What was learned.
  package struct Result: Sendable {
    /// The shares of each comparison's levels, in thousandths.
    package var shares: [[Int: LevelWeights.Shares]]
    /// The share of true pairs among those without a label, 0 to 1.
    package var prior: Double
    /// How many rounds it took.
    package var rounds = 0
  }

  private static let (strength, mostRounds, least, whole, settled) = (60.0, 40, 0.01, 1_000.0, 1e-6)
  private let groups: [Group]
  /// The levels of each comparison that say nothing: a value is missing.
  private let silent: [Set<Int>]
  /// The comparison, from 0, that says whether a home is shared: its shares are those of all pairs; nil for none.
  private let homeOne: Int?

  /// A training over pairs; groups are sorted, so that sums are the same however they came.
  package init(_ groups: [Group], silent: [Set<Int>], home: Int? = nil) {
    (self.silent, homeOne) = (silent, home)
    self.groups = groups.sorted { left, right in
      if left.levels != right.levels { return left.levels.lexicographicallyPrecedes(right.levels) }
      if left.isHome != right.isHome { return right.isHome }
      return (left.label == nil ? 0 : left.label == true ? 1 : 2) < (right.label == nil ? 0 : right.label == true ? 1 : 2)
    }
  }

  /// Learns, beginning with shares and a share of true pairs.
  package func run(from shares: [[Int: LevelWeights.Shares]], prior: Double) -> Result {
    var result = Result(shares: shares, prior: prior)
    for _ in 0..<Self.mostRounds {
      let next = round(result, known: shares)
      let moved = abs(next.prior - result.prior)
      (result.shares, result.prior, result.rounds) = (next.shares, next.prior, result.rounds + 1)
      if moved < Self.settled { break }
    }
    return result
  }

  private func round(_ now: Result, known: [[Int: LevelWeights.Shares]]) -> Result {
    var sums = known.map { $0.mapValues { _ in (match: 0.0, home: 0.0, away: 0.0) } }
    var (open, found) = (0.0, 0.0)
    for group in groups {
      let share = group.label.map { $0 ? 1.0 : 0.0 } ?? probability(group, now)
      if group.label == nil {
        open += group.count
        found += group.count * share
      }
      for (place, level) in group.levels.enumerated() where !silent[place].contains(level) {
        sums[place][level]?.match += group.count * share
        if group.isHome || place == homeOne { sums[place][level]?.home += group.count * (1 - share) }
        if !group.isHome || place == homeOne { sums[place][level]?.away += group.count * (1 - share) }
      }
    }
    var next = now
    next.prior = open == 0 ? now.prior : min(0.999, max(0.001, found / open))
    for place in known.indices { next.shares[place] = Self.shares(sums[place], known[place]) }
    return next
  }

  /// The shares that counts and what was known before make.
  private static func shares(
    _ sums: [Int: (match: Double, home: Double, away: Double)], _ known: [Int: LevelWeights.Shares]
  ) -> [Int: LevelWeights.Shares] {
    let totals = sums.keys.sorted().reduce(into: (match: 0.0, home: 0.0, away: 0.0)) { total, level in
      let sum = sums[level] ?? (0, 0, 0)
      total = (total.match + sum.match, total.home + sum.home, total.away + sum.away)
    }
    let before = known.keys.sorted().reduce(into: (match: 0.0, home: 0.0, away: 0.0)) { total, level in
      guard let share = known[level] else { return }
      total = (total.match + share.match, total.home + share.home, total.away + share.away)
    }
    var shares: [Int: LevelWeights.Shares] = [:]
    for (level, share) in known {
      let sum = sums[level] ?? (0, 0, 0)
      func mixed(_ count: Double, _ total: Double, _ known: Double, _ all: Double) -> Double {
        // Levels that are decided elsewhere take no part: the others keep their sum, which rounding may have carried beyond the whole.
        max(least, min(whole, all) * (count + strength * known / all) / (total + strength))
      }
      shares[level] = LevelWeights.Shares(
        match: mixed(sum.match, totals.match, share.match, before.match),
        home: mixed(sum.home, totals.home, share.home, before.home),
        away: mixed(sum.away, totals.away, share.away, before.away))
    }
    return shares
  }

  private func probability(_ group: Group, _ now: Result) -> Double {
    var odds = now.prior / (1 - now.prior)
    for (place, level) in group.levels.enumerated() where !silent[place].contains(level) {
      guard let share = now.shares[place][level] else { continue }
      odds *= share.match / (group.isHome ? share.home : share.away)
    }
    return odds / (1 + odds)
  }
}
