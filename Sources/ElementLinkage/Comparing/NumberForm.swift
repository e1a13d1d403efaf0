package import ElementCore

/// A citizen number as it is compared: up to twenty places of four bits, and what kind of number they make.
package struct NumberForm: Sendable, Hashable {
  /// What a number says about who bears it.
  package enum Kind: UInt8, Sendable {
    /// No number, or one of another document.
    case none
    /// Eighteen places with a real date and the right check character (GB 11643-1999).
    case valid
    /// Fifteen places with a real date, kept as the eighteen they became.
    case legacy
    /// Digits that are neither, as they were written.
    case wrong
    /// Eighteen places, some of them hidden.
    case masked
  }

  /// The kind, which decides at which levels it is compared.
  package let kind: Kind
  /// No number.
  package static var absent: NumberForm { NumberForm(.none, []) }

  /// How many places there are, 0 to 20.
  package let count: Int
  /// The places from the first, four bits each from the lowest: a digit, 10 for X, 11 for a hidden one.
  let places: UInt128

  private static let mask: UInt8 = 11
  private static let longest = 20

  /// The form of a value in upper case without blanks, as UTF-8; `none` where it holds anything but digits, X at its end, and marks for hidden places.
  package init(_ value: Span<UInt8>) {
    guard let read = NumberForm.nibbles(value) else {
      self.init(.none, [])
      return
    }
    if read.contains(NumberForm.mask) {
      let isFit = read.count == 18 && read.contains { $0 != NumberForm.mask }
      self.init(isFit ? .masked : .none, isFit ? read : [])
    } else if let upgraded = CitizenID.upgraded(value), CalendarDate(digits: upgraded.span, at: 6) != nil {
      self.init(.legacy, upgraded.map(NumberForm.nibble))
    } else {
      let isValid =
        value.count == 18 && CitizenID.checkCharacter(value) == value[17] && CalendarDate(digits: value, at: 6) != nil
      self.init(isValid ? .valid : .wrong, read)
    }
  }

  /// The form whose parts are these.
  init(_ kind: Kind, count: Int, places: UInt128) { (self.kind, self.count, self.places) = (kind, count, places) }

  private init(_ kind: Kind, _ nibbles: [UInt8]) {
    (self.kind, count) = (kind, nibbles.count)
    places = nibbles.reversed().reduce(0) { $0 << 4 | UInt128($1) }
  }

  /// The place at an index from 0: a digit, 10 for X, 11 for a hidden one.
  package subscript(_ place: Int) -> UInt8 { UInt8(truncatingIfNeeded: places >> UInt128(4 * place)) & 0xF }

  /// Whether two numbers have the same places, whatever their kinds.
  package func isEqual(to other: NumberForm) -> Bool { count == other.count && places == other.places }

  /// Whether the number is beyond doubt that of one person, once its name agrees.
  package var isSound: Bool { kind == .valid || kind == .legacy }

  /// The birth date in a sound number, or in a masked one that leaves it legible.
  package var birth: CalendarDate? {
    guard isSound || kind == .masked, (6..<14).allSatisfy({ self[$0] <= 9 }) else { return nil }
    return CalendarDate(year: number(6..<10), month: number(10..<12), day: number(12..<14))
  }

  /// The birth date as year, four bits of the month and five of the day; 0 for none.
  var packedBirth: UInt64 {
    if kind == .masked { return birth.map { UInt64($0.year << 9 | $0.month << 5 | $0.day) } ?? 0 }
    guard isSound else { return 0 }
    // The date of a sound number was found to be real.
    let digits = bits(6..<14)
    func pair(_ shift: UInt64) -> UInt64 { (digits >> shift & 15) * 10 + digits >> (shift + 4) & 15 }
    return (pair(0) * 100 + pair(8)) << 9 | pair(16) << 5 | pair(24)
  }

  /// Whether the bearer is a man (odd sequence); nil where the number does not tell.
  package var isMale: Bool? { (isSound || kind == .masked) && self[16] <= 9 ? self[16] & 1 == 1 : nil }

  /// In how many places two numbers of eighteen places show the same, and in how many something else, hidden ones aside.
  func visible(beside other: NumberForm) -> (equal: Int, different: Int) {
    var (equal, different) = (0, 0)
    for place in 0..<min(count, other.count) where self[place] != NumberForm.mask && other[place] != NumberForm.mask {
      if self[place] == other[place] { equal += 1 } else { different += 1 }
    }
    return (equal, different + abs(count - other.count))
  }

  /// How many edits lead from one number to the other; more than two are told as three.
  func distance(to other: NumberForm) -> Int {
    var (left, right) = (Array(0..<count).map { UInt32(self[$0]) }[...], Array(0..<other.count).map { UInt32(other[$0]) }[...])
    while let first = left.first, first == right.first { (left, right) = (left.dropFirst(), right.dropFirst()) }
    while let last = left.last, last == right.last { (left, right) = (left.dropLast(), right.dropLast()) }
    if abs(left.count - right.count) > 2 { return 3 }
    var edits = EditDistance()
    return min(3, edits.between(Array(left), Array(right)))
  }

  private func number(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + Int(self[$1]) } }

  /// The places of a value; nil where it is none, or no number.
  private static func nibbles(_ value: Span<UInt8>) -> [UInt8]? {
    let isMasked = MaskedValue.isMasked(value, isName: false)
    var (found, index): ([UInt8], Int) = ([], 0)
    while index < value.count {
      let scalar = UTF8Scan.scalar(value, at: &index)
      switch scalar {
      case 0x30...0x39: found.append(UInt8(scalar - 0x30))
      case 0x58 where index == value.count: found.append(10)
      case 0x58: return nil
      default:
        guard isMasked, scalar == 0x2A || scalar >= 0x80 else { return nil }
        found.append(mask)
      }
    }
    return found.isEmpty || found.count > longest ? nil : found
  }

  private static func nibble(_ byte: UInt8) -> UInt8 { byte == 0x58 ? 10 : byte - 0x30 }
}
