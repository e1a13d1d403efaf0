package import ElementCore

/// What two records are found to be to each other.
package struct PairJudgement: Sendable, Hashable {
  /// The levels of all comparisons, four bits each, the first lowest.
  package var pattern: UInt64
  /// The sum of the evidence, in 1/1024 bit.
  package var weight: Int32
  /// What forbids to link the two, or to do it without a person; nil for nothing.
  package var barrier: LinkageGuard?
  /// Whether a number that both have says that they are one.
  package var isCertain: Bool

  /// What two records are to each other.
  package init(pattern: UInt64, weight: Int32, barrier: LinkageGuard?, isCertain: Bool) {
    (self.pattern, self.weight, self.barrier, self.isCertain) = (pattern, weight, barrier, isCertain)
  }
}

/// Records that can be compared with each other: what blocking, scoring and grouping need of them, whatever their columns.
package protocol LinkableRecords: Sendable {
  /// A record as it is compared.
  associatedtype Record: Sendable

  /// How many there are; they are known by their places from 0.
  var count: Int { get }
  /// The names of the blocking rules, in their order.
  var ruleNames: [String] { get }

  /// The record at a place.
  func record(_ place: Int) throws(SpillError) -> Record
  /// Visits records in their order, those at some places.
  func forEach(in places: Range<Int>, _ body: (Int, Record) throws(SpillError) -> Void) throws(SpillError)
  /// Adds the keys of a record under a rule (from 0), none twice.
  func appendKeys(of record: Record, rule: Int, to keys: inout [UInt32])
  /// How many times the blocks of a rule can be split.
  func refinements(ofRule rule: Int) -> Int
  /// The key of a record in a block that was split `depth` times before; nil where it does not say what the block is split by.
  func refined(_ key: UInt32, of record: Record, rule: Int, depth: Int) -> UInt32?
  /// Compares two records; the order of the two does not matter.
  func judge(_ left: Record, _ right: Record) -> PairJudgement
  /// The sum of two records part by part.
  func parts(_ left: Record, _ right: Record) -> WeightParts
  /// A digest of all that a record is compared by.
  func digest(of record: Record) -> UInt64
  /// What stands for a number that one person, house or organisation has alone; 0 for none.
  func identity(of record: Record) -> UInt64
}

extension LinkableRecords {
  /// Visits all records in their order.
  package func forEach(_ body: (Int, Record) throws(SpillError) -> Void) throws(SpillError) { try forEach(in: 0..<count, body) }
}
