import ElementCore

/// Reads the cells that telephone numbers stand in.
enum PhoneReading {
  /// The numbers of a cell without separators, what was done, and what was found.
  static func read(_ bytes: Span<UInt8>, _ plan: PhonePlan) -> (bytes: [UInt8], verdict: Verdict) {
    let folded = CodeFolding.fold(bytes, dropsSeparators: false)
    var verdict = folded.fixes
    if SpreadsheetDamage.isScientific(folded.bytes.span) { return (folded.bytes, verdict.union(.spreadsheetScientific)) }
    var out: [UInt8] = []
    let parts = split(folded.bytes)
    for part in parts {
      let number = clean(part, plan, &verdict)
      verdict.formUnion(Phone.check(number.span, plan))
      if !out.isEmpty { out.append(0x3B) }
      out += number
    }
    if parts.count > 1 { verdict.insert(.phoneMultiple) }
    if parts.isEmpty { verdict.insert(.phoneFormat) }
    return (out, verdict)
  }

  /// Splits at `/`, `;`, `,`, 、 and blanks between whole numbers.
  private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var index = 0
    while index < bytes.count {
      let scalar = UTF8Scan.scalar(bytes.span, at: &index)
      let isBlank = scalar == 0x20 || scalar == 0x0A || scalar == 0x3000
      let isWhole = isBlank && isWholeNumber(parts[parts.count - 1])
      if scalar == 0x2F || scalar == 0x3B || scalar == 0x2C || scalar == 0x3001 || isWhole {
        parts.append([])
      } else {
        UTF8Scan.append(scalar, to: &parts[parts.count - 1])
      }
    }
    return parts.filter { !$0.isEmpty }
  }

  /// Whether a part has the digits of a mobile number, a country code set aside.
  private static func isWholeNumber(_ part: [UInt8]) -> Bool {
    let digits = part.filter { $0 &- 0x30 <= 9 }
    return digits.count >= (part.first == 0x2B || digits.span.starts(with: [0x30, 0x30]) ? 13 : 11)
  }

  /// Blanks, brackets and the country code removed; a fixed line stands as `0513-81234567`, whatever its writing.
  private static func clean(_ part: [UInt8], _ plan: PhonePlan, _ verdict: inout Verdict) -> [UInt8] {
    let plain = withPlainMarks(part)
    var out = plain.filter { $0 != 0x20 && $0 != 0x28 && $0 != 0x29 }
    var isInternational = false
    if out != part { verdict.insert(.fixSeparator) }
    for prefix in [Array("+86".utf8), Array("0086".utf8), Array("86-".utf8)]
    where out.span.starts(with: prefix) && out.count > 11 {
      out.removeFirst(prefix.count)
      if out.first == 0x2D { out.removeFirst() }
      verdict.insert(.fixPhonePrefix)
      isInternational = true
      break
    }
    if out.first == 0x31 || isService(out), out.contains(0x2D) {
      out.removeAll { $0 == 0x2D }
      verdict.insert(.fixSeparator)
    }
    // Behind the country code an area code loses its zero.
    let national =
      isInternational && out.first != 0x30 && Phone.check(out.span, plan).contains(.phoneFormat) ? [0x30] + out : out
    guard national.first == 0x30 else { return out }
    let digits = national.filter { $0 != 0x2D }
    guard let line = FixedLine.canonical(national.span, plan) ?? FixedLine.canonical(digits.span, plan), line != out else {
      return out
    }
    verdict.insert(.fixSeparator)
    return line
  }

  /// Whether a number is that of a service that is called from anywhere (400, 800), however it is parted.
  private static func isService(_ number: [UInt8]) -> Bool {
    (number.span.starts(with: Array("400".utf8)) || number.span.starts(with: Array("800".utf8)))
      && number.count { $0 != 0x2D } == 10 && number.allSatisfy { $0 == 0x2D || $0 &- 0x30 <= 9 }
  }

  /// The long strokes that people type for a hyphen, and 转 before an extension, as hyphens.
  private static func withPlainMarks(_ part: [UInt8]) -> [UInt8] {
    if part.span.isASCII { return part }
    var out: [UInt8] = []
    var index = 0
    while index < part.count {
      let scalar = UTF8Scan.scalar(part.span, at: &index)
      switch scalar {
      case 0x2010...0x2015, 0x2212, 0x8F6C: out.append(0x2D)
      default: UTF8Scan.append(scalar, to: &out)
      }
    }
    return out
  }
}
