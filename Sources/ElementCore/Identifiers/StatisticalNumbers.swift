/// The numbers that townships, villages and communities may have in statistical codes (the scheme `stat12`).
package struct StatisticalNumbers: Sendable {
  private let townships: [ClosedRange<Int>]
  private let villages: [ClosedRange<Int>]
  private let virtual: [ClosedRange<Int>]

  /// Numbers in ranges, any where there are none; `virtual` villages stand for no place.
  package init(townships: [ClosedRange<Int>], villages: [ClosedRange<Int>], virtual: [ClosedRange<Int>]) {
    (self.townships, self.villages, self.virtual) = (townships, villages, virtual)
  }

  /// Whether a township may have a number.
  func allows(township: Int) -> Bool { townships.isEmpty || townships.contains { $0.contains(township) } }

  /// Whether a village or community may have a number.
  func allows(village: Int) -> Bool { villages.isEmpty || villages.contains { $0.contains(village) } }

  /// Whether a village stands for no place.
  func isVirtual(_ village: Int) -> Bool { virtual.contains { $0.contains(village) } }
}
