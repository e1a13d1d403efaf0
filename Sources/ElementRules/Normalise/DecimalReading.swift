import ElementCore

/// Reads decimal numbers without ever making one a binary fraction.
enum DecimalReading {
  /// The number in canonical form (no plus sign, no needless zeros); nil for anything else.
  static func canonical(_ bytes: [UInt8]) -> [UInt8]? {
    let isNegative = bytes.first == 0x2D
    let digits = bytes.first == 0x2D || bytes.first == 0x2B ? bytes.dropFirst() : bytes[...]
    let parts = digits.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = parts.first, !whole.isEmpty,
      parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    var out = Array(whole.drop { $0 == 0x30 })
    if out.isEmpty { out = [0x30] }
    if parts.count == 2 {
      var fraction = Array(parts[1])
      while fraction.last == 0x30 { fraction.removeLast() }
      if !fraction.isEmpty { out += [0x2E] + fraction }
    }
    return isNegative && out != [0x30] ? [0x2D] + out : out
  }

  /// What a canonical number violates, as a text for people; nil where it fits.
  static func violation(_ number: [UInt8], digits: Int?, scale: Int, minimum: Int?, maximum: Int?) -> LocalizedText? {
    let unsigned = number.first == 0x2D ? number.dropFirst() : number[...]
    let parts = unsigned.split(separator: 0x2E)
    // Bounds are whole numbers of few digits: a Double compares them exactly.
    let value = String(validUTF8: number.span).flatMap(Double.init) ?? 0
    if let minimum, value < Double(minimum) { return LocalizedText(zh: "≥ \(minimum)", en: "≥ \(minimum)") }
    if let maximum, value > Double(maximum) { return LocalizedText(zh: "≤ \(maximum)", en: "≤ \(maximum)") }
    if parts.count == 2, parts[1].count > scale {
      return scale == 0
        ? LocalizedText(zh: "应为整数", en: "a whole number is asked for")
        : LocalizedText(zh: "小数不超过 \(scale) 位", en: "at most \(scale) decimal places")
    }
    if let digits, parts[0].count > digits - scale {
      return LocalizedText(zh: "整数部分不超过 \(digits - scale) 位", en: "at most \(digits - scale) digits before the point")
    }
    return nil
  }

  /// A number with at most so many decimal places, without needless zeros.
  static func text(_ value: Double, places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let number = Int((value.magnitude * Double(scale)).rounded())
    let fraction = String(number % scale)
    let padded = String(repeating: "0", count: places - fraction.utf8.count) + fraction
    let plain = Array("\(number / scale).\(padded)".utf8)
    let canonical = canonical(value < 0 ? [0x2D] + plain : plain) ?? plain
    return String(validUTF8: canonical.span) ?? ""
  }
}
