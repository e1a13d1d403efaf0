import ElementCore

/// A value of a foreign column in the form in which it is compared: capitals small, full width as half, blanks at its ends gone.
struct ColumnValue: Sendable {
  /// The code points; nothing for a value that is missing.
  let scalars: [UInt32]
  /// The same for hashing; 0 for none.
  let hash: UInt32
  /// What its comparator compares instead.
  let form: Form

  /// A value taken apart.
  enum Form: Sendable {
    /// It is compared as it is.
    case plain
    /// Its last numbers and its words.
    case address(AddressForm)
    /// The name of somebody.
    case person(NameForm)
    /// The name of an organisation.
    case organization(OrganizationName)
    /// A credit code, sound or not.
    case credit(isSound: Bool)
  }

  init(_ text: String, _ comparator: ColumnPlan.Comparator? = nil) {
    let folded = AddressForm.scalars(Array(text.utf8).span)
    let start = folded.firstIndex { $0 > 0x20 } ?? folded.count
    let end = folded.lastIndex { $0 > 0x20 } ?? start - 1
    scalars = start <= end ? Array(folded[start...end]) : []
    var hash = KeyHash(9)
    for scalar in scalars { hash.add(UInt64(scalar)) }
    self.hash = scalars.isEmpty ? 0 : hash.value | 1
    let bytes = Array(text.utf8)
    form =
      switch comparator {
      case .address: .address(AddressForm(bytes.span))
      case .personName: .person(NameForm(bytes))
      case .organizationName: .organization(OrganizationName(scalars))
      case .creditCode: .credit(isSound: CreditCode.isSound(bytes.span))
      default: .plain
      }
  }

  var isEmpty: Bool { scalars.isEmpty }

  /// Whether two values are equal: hashes bring together, and do not decide.
  func isSame(_ other: ColumnValue) -> Bool { hash == other.hash && scalars == other.scalars }

  /// A hash of 64 bits, for what one alone has.
  var wideHash: UInt64 {
    var bytes: [UInt8] = []
    for scalar in scalars { bytes.append(integer: scalar) }
    return XXH64.hash(bytes.span)
  }

  /// The digits, as a date: YYYYMMDD, with or without hyphens.
  var date: CalendarDate? {
    let digits = scalars.filter { (0x30...0x39).contains($0) }.map { UInt8(truncatingIfNeeded: $0) }
    return digits.count == 8 ? CalendarDate(digits: digits.span, at: 0) : nil
  }

  var number: Double? { Double(String(String.UnicodeScalarView(scalars.compactMap(UnicodeScalar.init)))) }

  var words: [[UInt32]] { scalars.split { $0 <= 0x20 || $0 == 0x2C || $0 == 0x2D }.map { Array($0) } }

  /// What stands in a key; nil where the value has nothing of it.
  func part(_ part: ColumnPlan.KeyPart.Part, _ table: HanTable) -> UInt64? {
    if isEmpty { return nil }
    let digits = scalars.filter { (0x30...0x39).contains($0) }
    switch part {
    case .whole: return UInt64(hash)
    case .prefix(let count): return Self.hash(scalars.prefix(count))
    case .sound: return Self.hash(sound(table)[...])
    case .year: return digits.count >= 4 ? Self.hash(digits.prefix(4)) : nil
    case .day: return digits.count >= 8 ? Self.hash(digits.suffix(4)) : nil
    case .home:
      guard case .address(let address) = form, !address.isEmpty else { return nil }
      return UInt64(KeyHash.of(11, address.numbers & (1 << 62 - 1), address.word(0)))
    case .core:
      guard case .organization(let name) = form else { return nil }
      return Self.hash(name.core[...])
    case .coreSound:
      guard case .organization(let name) = form else { return nil }
      return Self.hash(name.sounds(table, first: 4)[...])
    }
  }

  private static func hash(_ scalars: ArraySlice<UInt32>) -> UInt64 {
    var hash = KeyHash(10)
    for scalar in scalars { hash.add(UInt64(scalar)) }
    return UInt64(hash.value)
  }

  /// The classes of consonants of Soundex, by the letters from a.
  private static let classes: [UInt32] = [
    0, 1, 2, 3, 0, 1, 2, 9, 0, 2, 2, 4, 5, 5, 0, 1, 2, 6, 2, 3, 0, 1, 9, 2, 0, 2,
  ]

  /// Soundex of Latin letters (the first, and the classes of three consonants); the usual syllables of Han characters.
  private func sound(_ table: HanTable) -> [UInt32] {
    guard let first = scalars.first, (0x61...0x7A).contains(first) else { return scalars.map { table.sound($0) } }
    var (code, last) = ([first], Self.classes[Int(first - 0x61)])
    for scalar in scalars.dropFirst() where (0x61...0x7A).contains(scalar) {
      let kind = Self.classes[Int(scalar - 0x61)]
      // H and W part nothing; vowels do.
      if kind == 9 { continue }
      if kind != 0, kind != last { code.append(kind) }
      last = kind
      if code.count == 4 { break }
    }
    return code
  }
}
