import Glibc

/// What the levels of one comparison weigh, in 1/1024 bit.
package struct LevelWeights: Sendable, Hashable {
  /// The level's share among true pairs, among candidates that share a home and are none, and among other candidates; in thousandths.
  package struct Shares: Sendable, Hashable {
    /// Among true pairs.
    package var match: Double
    /// Among pairs of one home that are two.
    package var home: Double
    /// Among other pairs that are two.
    package var away: Double

    /// Shares in thousandths.
    package init(match: Double, home: Double, away: Double) { (self.match, self.home, self.away) = (match, home, away) }
  }

  /// Sixteen levels of pairs that share a home, then sixteen of others; 0 for levels that say nothing.
  private var bits = [Int32](repeating: 0, count: 32)

  /// How many units of a weight make one bit.
  package static let bit: Int32 = 1_024

  /// The weights that shares make, by the level's place; levels that have none weigh nothing.
  package init(_ shares: [Int: Shares]) {
    for (level, share) in shares {
      bits[level] = Self.weight(share.match / share.home)
      bits[16 + level] = Self.weight(share.match / share.away)
    }
  }

  /// The weight of a level, of a pair that shares a home or not.
  @inline(__always)
  func weight(_ level: Int, isHome: Bool) -> Int32 { bits[isHome ? level : 16 + level] }

  /// The logarithm of a ratio in 1/1024 bit, rounded.
  static func weight(_ ratio: Double) -> Int32 { Int32((log2(ratio) * Double(bit)).rounded()) }
}
