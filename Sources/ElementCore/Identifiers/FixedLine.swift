/// Fixed lines of the mainland plan: `0`, an area code of two or three digits, seven or eight digits, perhaps an extension.
package enum FixedLine {
  /// The number as it is kept: area, number and extension parted by hyphens; nil where it is no fixed line with an area.
  package static func canonical(_ value: Span<UInt8>, _ plan: PhonePlan) -> [UInt8]? {
    guard value.count > 0, value[0] == 0x30, check(value, plan).isDisjoint(with: .phoneFormat) else { return nil }
    let parts = parts(value)
    let length = areaLength(parts[0])
    if parts[0].count == length { return Array(span: value) }
    let local = Array(parts[0][..<length]) + [0x2D] + parts[0][length...]
    return parts.dropFirst().reduce(local) { $0 + [0x2D] + $1 }
  }

  /// The digits of the area code that a number begins with: three for the largest cities, else four.
  private static func areaLength(_ digits: [UInt8]) -> Int {
    digits.count > 1 && (digits[1] == 0x31 || digits[1] == 0x32) ? 3 : 4
  }

  /// The symbols of a number of digits, whose parts may be parted by hyphens: area, number, extension.
  static func check(_ value: Span<UInt8>, _ plan: PhonePlan) -> Verdict {
    let parts = parts(value)
    guard parts[0].first == 0x30 else { return parts.count == 1 && isLocal(parts[0]) ? [] : .phoneFormat }
    let areaLength = areaLength(parts[0])
    let (area, local): ([UInt8], [UInt8])
    if parts[0].count == areaLength, parts.count > 1 {
      guard parts.count == 2 || (parts.count == 3 && (1...6).contains(parts[2].count)) else { return .phoneFormat }
      (area, local) = (parts[0], parts[1])
    } else {
      guard parts.count == 1 || (parts.count == 2 && (1...6).contains(parts[1].count)), parts[0].count > areaLength else {
        return .phoneFormat
      }
      (area, local) = (Array(parts[0][..<areaLength]), Array(parts[0][areaLength...]))
    }
    return check(area: area, local: local, plan)
  }

  private static func check(area: [UInt8], local: [UInt8], _ plan: PhonePlan) -> Verdict {
    let isArea = area.count == 4 ? area[1] >= 0x33 : area[1] == 0x32 || area[2] == 0x30
    guard isArea, isLocal(local) else { return .phoneFormat }
    if area.count == 3 { return local.count == 8 ? [] : .phoneFormat }
    return switch plan.localLength(area: area.span.number(1..<4)) {
    case .both: []
    case .eight: local.count == 8 ? [] : .phoneAreaLength
    case .seven: local.count == 7 ? [] : .phoneAreaLength
    }
  }

  /// Seven or eight digits of which the first is 2 to 8.
  private static func isLocal(_ digits: [UInt8]) -> Bool {
    (digits.count == 7 || digits.count == 8) && digits[0] >= 0x32 && digits[0] <= 0x38
  }

  private static func parts(_ value: Span<UInt8>) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    for index in value.indices {
      if value[index] == 0x2D { parts.append([]) } else { parts[parts.count - 1].append(value[index]) }
    }
    return parts
  }
}
