/// How open a field is.
package enum Sensitivity: String, Sendable, CaseIterable {
  /// May be shown whole.
  case open
  /// Shown whole inside the office.
  case `internal`
  /// Shown in part.
  case personal
  /// Not shown at all.
  case sensitive
}

/// What a value is, as far as masking asks.
package enum MaskKind: Sendable, Hashable {
  /// A person's name.
  case name
  /// A number that names a person or a thing.
  case identifier
  /// A telephone number.
  case phone
  case address
  case date
  /// A code or a word of a list, of which one character says all.
  case code
  /// Anything else.
  case other
}

/// Shows as much of a value as a person who must find the row may see.
package enum Masking {
  /// The value as it may be said, by the sensitivity of its field and what it is; never the value itself where it is
  /// personal and at least two characters long.
  package static func mask(_ value: String, sensitivity: Sensitivity, kind: MaskKind) -> String {
    switch sensitivity {
    case .open, .internal: return PrintableText.escape(looksPersonal(value) ? personal(Array(value), .identifier) : value)
    case .sensitive: return value.isEmpty ? "" : "[S]"
    case .personal: return PrintableText.escape(personal(Array(value), kind))
    }
  }

  /// Whether a run of digits in a value is as long as an identity number (15, 17 or 18) or a mobile number: a shifted row
  /// puts such numbers into columns that hold nothing personal.
  private static func looksPersonal(_ value: String) -> Bool {
    var run = 0
    var first: UInt8 = 0
    for byte in Array(value.utf8) + [0] {
      if byte &- 0x30 <= 9 {
        if run == 0 { first = byte }
        run += 1
        continue
      }
      if run == 15 || run == 17 || run == 18 || (run == 11 && first == 0x31) { return true }
      run = 0
    }
    return false
  }

  private static func personal(_ value: [Character], _ kind: MaskKind) -> String {
    switch kind {
    case .name: return name(value)
    case .identifier: return keep(value, head: value.count >= 18 ? 6 : 3, tail: value.count >= 15 ? 4 : 0)
    case .phone: return keep(value, head: 3, tail: value.count >= 11 ? 4 : 0)
    case .address: return keep(value, head: min(6, value.count / 2), tail: 0)
    case .date: return keep(value, head: 4, tail: 0)
    case .code: return value.count > 1 ? "**" : value.isEmpty ? "" : "*"
    case .other: return keep(value, head: 1, tail: 0)
    }
  }

  /// The family name and stars: 张*, 欧阳*; one character alone is a star.
  private static func name(_ value: [Character]) -> String {
    guard value.count > 1 else { return value.isEmpty ? "" : "*" }
    let head = value.count > 3 && Surname.compound.contains(String(value[0...1])) ? 2 : 1
    return String(value[0..<head]) + String(repeating: "*", count: min(value.count - head, 8))
  }

  private static func keep(_ value: [Character], head: Int, tail: Int) -> String {
    guard value.count > 1 else { return value.isEmpty ? "" : "*" }
    guard value.count > head + tail else { return String(value[0]) + String(repeating: "*", count: value.count - 1) }
    return String(value[0..<head]) + String(repeating: "*", count: min(value.count - head - tail, 12))
      + String(value[(value.count - tail)...])
  }
}
