/// How groups that were found agree with the truth, over all pairs of records.
package struct GroupComparison: Sendable, Hashable {
  /// Pairs that are one person.
  package private(set) var truePairs = 0
  /// Pairs that were found to be.
  package private(set) var foundPairs = 0
  /// Pairs that are, and were found.
  package private(set) var rightPairs = 0
  /// Groups that hold more than one person: the harm.
  package private(set) var mixedGroups = 0
  /// Records.
  package let count: Int

  /// Compares two groupings of the same records, each by any numbers.
  package init(truth: [Int], found: [Int]) {
    count = truth.count
    truePairs = Self.pairs(truth)
    foundPairs = Self.pairs(found)
    var (together, people): ([Both: Int], [Int: Int]) = ([:], [:])
    for (person, group) in zip(truth, found) {
      if together[Both(person: person, group: group), default: 0] == 0 { people[group, default: 0] += 1 }
      together[Both(person: person, group: group), default: 0] += 1
    }
    rightPairs = together.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    mixedGroups = people.values.count { $0 > 1 }
  }

  private struct Both: Hashable {
    let person: Int
    let group: Int
  }

  private static func pairs(_ groups: [Int]) -> Int {
    var counts: [Int: Int] = [:]
    for group in groups { counts[group, default: 0] += 1 }
    return counts.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
  }

  /// The share of found pairs that are right, 0 to 1; 1 where none were found.
  package var precision: Double { foundPairs == 0 ? 1 : Double(rightPairs) / Double(foundPairs) }

  /// The share of true pairs that were found, 0 to 1; 1 where there are none.
  package var recall: Double { truePairs == 0 ? 1 : Double(rightPairs) / Double(truePairs) }

  /// The harmonic mean of both, 0 to 1.
  package var f1: Double { foundPairs + truePairs == 0 ? 1 : 2 * Double(rightPairs) / Double(foundPairs + truePairs) }
}
