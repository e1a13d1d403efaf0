/// How the telephones of two records agree, the most telling first: the best of each number of one with each of the other.
package enum PhoneLevel: Int, Sendable, CaseIterable {
  /// One number stands in both.
  case same
  /// Numbers of one length differ in one digit.
  case off1
  /// Other numbers.
  case differ
  /// One side has no number.
  case none

  /// Compares sets of numbers in the form that `digits(of:)` makes.
  package init(_ left: [[UInt8]], _ right: [[UInt8]]) {
    var best = PhoneLevel.none
    for one in left {
      for other in right {
        let level = PhoneLevel.level(one, other)
        if level.rawValue < best.rawValue { best = level }
      }
    }
    self = best
  }

  /// The digits of a telephone as they are compared: of fixed lines the local number alone, since the area is often left out; nil for fewer than seven.
  package static func digits(of value: Span<UInt8>) -> [UInt8]? {
    var parts: [[UInt8]] = [[]]
    for place in 0..<value.count {
      if value[place] == 0x2D { parts.append([]) } else { parts[parts.count - 1].append(value[place]) }
    }
    // `FixedLine.canonical` keeps area, number and extension apart by hyphens.
    let digits = parts.count > 1 && parts[0].first == 0x30 ? parts[1] : parts.joined().map { $0 }
    return digits.count >= 7 && digits.allSatisfy { (0x30...0x39).contains($0) } ? digits : nil
  }

  private static func level(_ left: [UInt8], _ right: [UInt8]) -> PhoneLevel {
    guard left.count == right.count else { return .differ }
    let different = left.indices.count { left[$0] != right[$0] }
    return different == 0 ? .same : different == 1 ? .off1 : .differ
  }
}
