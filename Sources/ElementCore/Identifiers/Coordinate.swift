/// One coordinate of a place in degrees; which reference system it is in must be declared, for numbers do not tell.
package enum Coordinate {
  /// Which of the two it is.
  package enum Axis: String, Sendable, CaseIterable {
    /// East of Greenwich.
    case longitude
    /// North of the equator.
    case latitude
  }

  /// The reference systems that a schema may declare.
  package enum ReferenceSystem: String, Sendable, CaseIterable {
    /// China Geodetic Coordinate System 2000.
    case cgcs2000 = "CGCS2000"
    /// World Geodetic System 1984, equal within a few decimetres.
    case wgs84 = "WGS84"
    /// The shifted system of public maps.
    case gcj02 = "GCJ02"
    /// The system that Baidu shifts once more.
    case bd09 = "BD09"
  }

  /// How the symbols are judged.
  package static let policy = VerdictPolicy(
    errors: [.coordinateRange, .coordinateProjected, .masked],
    warnings: [.coordinateSwapped, .coordinateOutside, .coordinateZero], infos: [.coordinateCoarse])

  /// The symbols of a value in degrees with so many decimal places.
  package static func check(_ degrees: Double, _ axis: Axis, decimals: Int) -> Verdict {
    if degrees == 0 { return .coordinateZero }
    // Metres of a projection have six digits and more before the point.
    if abs(degrees) >= 100_000 { return .coordinateProjected }
    let (limit, home, other): (Double, ClosedRange<Double>, ClosedRange<Double>) =
      axis == .longitude ? (180, 73.4...135.1, 3...54) : (90, 3.4...53.6, 73...136)
    if other.contains(degrees) { return .coordinateSwapped }
    guard abs(degrees) <= limit else { return .coordinateRange }
    guard home.contains(degrees) else { return .coordinateOutside }
    return decimals < 4 ? .coordinateCoarse : []
  }

  /// The degrees of a text such as `120°33'36"`, also with 度分秒 or ′″ and a letter for the direction, and how many of the
  /// three parts it has; nil for another form.
  package static func degrees(sexagesimal bytes: Span<UInt8>) -> (value: Double, parts: Int)? {
    var numbers: [Double] = []
    var digits: [UInt8] = []
    var isNegative = false
    var index = 0
    while index < bytes.count {
      let scalar = UTF8Scan.scalar(bytes, at: &index)
      switch scalar {
      case 0x30...0x39, 0x2E: digits.append(UInt8(scalar))
      case 0x53, 0x57: isNegative = true
      case 0x20, 0x45, 0x4E: break
      default:
        // Degrees, minutes and seconds stand in this order, or one of them was lost.
        guard mark(scalar) == numbers.count, let number = String(validUTF8: digits.span).flatMap(Double.init) else {
          return nil
        }
        numbers.append(number)
        digits = []
      }
    }
    guard digits.isEmpty, let first = numbers.first, first <= 360, numbers.dropFirst().allSatisfy({ $0 < 60 }) else {
      return nil
    }
    let value = zip(numbers, [1.0, 60, 3600]).reduce(0) { $0 + $1.0 / $1.1 }
    return (isNegative ? -value : value, numbers.count)
  }

  /// Which part a mark ends: 0 for degrees, 1 for minutes, 2 for seconds; nil for anything else.
  private static func mark(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0xB0, 0x5EA6: 0
    case 0x27, 0x2032, 0x2019, 0x5206: 1
    case 0x22, 0x2033, 0x201D, 0x79D2: 2
    default: nil
    }
  }
}
