/// The numbering plan of the mainland, as far as a number by itself can be judged (`lists/phone-plan.yaml`).
package struct PhonePlan: Sendable {
  /// How many digits the local numbers of an area have.
  enum LocalLength: UInt8, Sendable {
    case seven = 7
    case eight = 8
    /// Seven and eight are both in use.
    case both = 0
  }

  /// By the three digits that a mobile number begins with: whether these are not known to be in use.
  private let isUnused: [Bool]
  /// By the digits of an area code behind its zero.
  private let lengths: [LocalLength]

  /// A plan; `unusedPrefixes` are three digits of mobile numbers, `eightDigits` and `both` area codes without their zero.
  package init(unusedPrefixes: [ClosedRange<Int>], eightDigits: [ClosedRange<Int>], both: [ClosedRange<Int>]) {
    isUnused = (0..<1000).map { prefix in unusedPrefixes.contains { $0.contains(prefix) } }
    lengths = (0..<1000).map { area in
      both.contains { $0.contains(area) } ? .both : eightDigits.contains { $0.contains(area) } ? .eight : .seven
    }
  }

  /// Whether mobile numbers with these three digits are not known to be in use.
  func isUnused(_ prefix: Int) -> Bool { isUnused[prefix] }

  /// How many digits the local numbers of an area have, by its three digits behind the zero.
  func localLength(area: Int) -> LocalLength { lengths[area] }
}
