package import ElementCore

/// What a record of a person is compared by, in fourteen words of 64 bits: of fixed width, so that a row is read again by its place alone, and
/// the same on every machine.
///
/// | word | bits |
/// |---|---|
/// | 0, 1 | places of the number, 80 · its kind, 3 · how many places, 5 · birth date of the column, 21 · sex, 2 · deceased, 1 · minor, 1 · type of the certificate, 8 · … |
/// | 2, 3 | characters of the name, 16 each |
/// | 4 | hash of the name, 32 · of the former name, 32 |
/// | 5, 6 | telephones |
/// | 7 | hash of the house, 32 · of the household in its scope, 32 |
/// | 8 | hash of the householder's number, 32 · of the certificate, 32 |
/// | 9 | community, 40 · month of the latest activity from January 1900, 12 · day the certificate ends: whether it has, 1 · … |
/// | 10, 11 · 12, 13 | address and domicile |
package struct PersonFeatures: Sendable {
  /// How many words there are.
  package static let wordCount = 14

  /// All that is known, packed as the table above says.
  package private(set) var words: InlineArray<14, UInt64>

  /// No record: nothing is known.
  init() { words = InlineArray(repeating: 0) }

  /// The features that stand at a place of a store.
  init(_ store: borrowing [UInt64], at place: Int) {
    words = InlineArray { store[place + $0] }
  }

  @inline(__always)
  private func bits(_ word: Int, _ start: UInt64, _ count: UInt64) -> UInt64 { words[word] >> start & (1 << count - 1) }

  @inline(__always)
  private mutating func set(_ word: Int, _ start: UInt64, _ count: UInt64, _ value: UInt64) {
    words[word] = words[word] & ~((1 << count - 1) << start) | (value & (1 << count - 1)) << start
  }
}

// MARK: Who

extension PersonFeatures {
  /// The number.
  package internal(set) var number: NumberForm {
    get {
      guard let kind = NumberForm.Kind(rawValue: UInt8(bits(1, 16, 3))), kind != .none else { return .absent }
      return NumberForm(kind, count: Int(bits(1, 19, 5)), places: UInt128(words[0]) | UInt128(bits(1, 0, 16)) << 64)
    }
    set {
      words[0] = UInt64(truncatingIfNeeded: newValue.places)
      set(1, 0, 16, UInt64(truncatingIfNeeded: newValue.places >> 64))
      set(1, 16, 3, UInt64(newValue.kind.rawValue))
      set(1, 19, 5, UInt64(newValue.count))
    }
  }

  /// What stands for a sound number where only that two are the same counts; 0 for none.
  package var identity: UInt64 {
    let kind = bits(1, 16, 3)
    return kind == 1 || kind == 2 ? (words[0] ^ words[1] << 48) | 1 << 63 : 0
  }

  /// Whether there is a valid number of eighteen places.
  var hasValidNumber: Bool { bits(1, 16, 3) == UInt64(NumberForm.Kind.valid.rawValue) }

  /// Whether there is a number of any kind.
  var hasNumber: Bool { bits(1, 16, 3) != 0 }

  /// The birth dates of column and number.
  package var births: BirthDates {
    BirthDates(column: columnBirth, number: hasNumber ? number.birth : nil)
  }

  /// The same as year, four bits of the month and five of the day; 0 for none.
  var packedBirths: (column: UInt64, number: UInt64) { (bits(1, 24, 21), hasNumber ? number.packedBirth : 0) }

  /// When the person was born, as the column says; nil for none.
  var columnBirth: CalendarDate? {
    get {
      let packed = Int(bits(1, 24, 21))
      return packed == 0 ? nil : CalendarDate(year: packed >> 9, month: packed >> 5 & 15, day: packed & 31)
    }
    set { set(1, 24, 21, newValue.map { UInt64($0.year << 9 | $0.month << 5 | $0.day) } ?? 0) }
  }

  /// 1 for a man, 2 for a woman, 0 where neither column nor number tells.
  var sex: UInt64 {
    get { bits(1, 45, 2) }
    set { set(1, 45, 2, newValue) }
  }

  /// Whether the column of the sex says another one than the number, or the other way round: then only the column counts for a finding.
  var columnSex: UInt64 {
    get { bits(1, 57, 2) }
    set { set(1, 57, 2, newValue) }
  }

  /// What the person is called, as names are compared.
  package var name: NameForm {
    get {
      let (low, high) = (words[2], words[3])
      return NameForm(
        characters: SIMD8(
          UInt16(truncatingIfNeeded: low), UInt16(truncatingIfNeeded: low >> 16), UInt16(truncatingIfNeeded: low >> 32),
          UInt16(truncatingIfNeeded: low >> 48), UInt16(truncatingIfNeeded: high), UInt16(truncatingIfNeeded: high >> 16),
          UInt16(truncatingIfNeeded: high >> 32), UInt16(truncatingIfNeeded: high >> 48)), hash: nameHash)
    }
    set {
      (words[2], words[3]) = (0, 0)
      for place in 0..<4 {
        words[2] |= UInt64(newValue.characters[place]) << UInt64(16 * place)
        words[3] |= UInt64(newValue.characters[place + 4]) << UInt64(16 * place)
      }
      set(4, 0, 32, UInt64(newValue.hash))
    }
  }

  /// The hash of the name; 0 for none.
  var nameHash: UInt32 { UInt32(truncatingIfNeeded: words[4]) }

  /// The hash of the former name; 0 for none.
  var formerName: UInt32 {
    get { UInt32(truncatingIfNeeded: words[4] >> 32) }
    set { set(4, 32, 32, UInt64(newValue)) }
  }

  /// The type of another certificate and a hash of its number; 0 for none.
  var certificate: (type: UInt64, hash: UInt32) {
    get { (bits(1, 49, 8), UInt32(truncatingIfNeeded: words[8] >> 32)) }
    set {
      set(1, 49, 8, newValue.type)
      set(8, 32, 32, UInt64(newValue.hash))
    }
  }

  /// Whether the certificate holds no more.
  var isCertificateExpired: Bool {
    get { bits(9, 52, 1) == 1 }
    set { set(9, 52, 1, newValue ? 1 : 0) }
  }
}

// MARK: Life

extension PersonFeatures {
  /// Whether the record says that the person has died.
  var isDeceased: Bool {
    get { bits(1, 47, 1) == 1 }
    set { set(1, 47, 1, newValue ? 1 : 0) }
  }

  /// Whether the person is under fourteen.
  var isMinor: Bool {
    get { bits(1, 48, 1) == 1 }
    set { set(1, 48, 1, newValue ? 1 : 0) }
  }

  /// The month of the latest activity, from January 1900; 0 for none.
  var activity: UInt64 {
    get { bits(9, 40, 12) }
    set { set(9, 40, 12, newValue) }
  }
}

// MARK: Where

extension PersonFeatures {
  /// The telephones, none twice.
  package var phones: [PhoneForm] { [words[5], words[6]].filter { $0 != 0 }.map(PhoneForm.init(word:)) }

  /// The words of both telephones, 0 for none.
  var phoneWords: (UInt64, UInt64) {
    get { (words[5], words[6]) }
    set { (words[5], words[6]) = newValue }
  }

  /// Hashes of the house code and of the household number in its scope, 0 for none.
  var homes: (house: UInt32, household: UInt32) {
    get { (UInt32(truncatingIfNeeded: words[7]), UInt32(truncatingIfNeeded: words[7] >> 32)) }
    set { words[7] = UInt64(newValue.house) | UInt64(newValue.household) << 32 }
  }

  /// A hash of the householder's number; 0 for none.
  var householder: UInt32 {
    get { UInt32(truncatingIfNeeded: words[8]) }
    set { set(8, 0, 32, UInt64(newValue)) }
  }

  /// The community as a number of twelve digits: the beginning of the grid code, else the division and six zeros; 0 where neither says.
  var community: UInt64 {
    get { bits(9, 0, 40) }
    set { set(9, 0, 40, newValue) }
  }

  /// The division of the community; 0 for none.
  var division: UInt64 { community / 1_000_000 }

  /// Whether the community is known, and not its division alone.
  var hasCommunity: Bool { community % 1_000_000 != 0 }

  /// Where the person lives.
  var address: AddressForm {
    get { AddressForm(numbers: words[10], words: words[11]) }
    set { (words[10], words[11]) = (newValue.numbers, newValue.words) }
  }

  /// The domicile, where it is another than the address.
  var domicile: AddressForm {
    get { AddressForm(numbers: words[12], words: words[13]) }
    set { (words[12], words[13]) = (newValue.numbers, newValue.words) }
  }

  /// Whether two records are of one home, by any code of it or by an address.
  func sharesHome(_ other: PersonFeatures) -> Bool {
    let (mine, its) = (homes, other.homes)
    if mine.house != 0 && mine.house == its.house || mine.household != 0 && mine.household == its.household { return true }
    if householder != 0, householder == other.householder { return true }
    return anyAddress(other) { $0.isHome($1) }
  }

  /// Whether some address of one and some address of the other are as wanted.
  func anyAddress(_ other: PersonFeatures, _ isWanted: (AddressForm, AddressForm) -> Bool) -> Bool {
    for one in 0..<2 where words[10 + 2 * one] | words[11 + 2 * one] != 0 {
      let mine = AddressForm(numbers: words[10 + 2 * one], words: words[11 + 2 * one])
      for another in 0..<2 where other.words[10 + 2 * another] | other.words[11 + 2 * another] != 0 {
        if isWanted(mine, AddressForm(numbers: other.words[10 + 2 * another], words: other.words[11 + 2 * another])) {
          return true
        }
      }
    }
    return false
  }
}
