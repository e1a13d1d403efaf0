import ElementCore

/// The levels of all comparisons of two people.
package struct PersonLevels: Sendable {
  /// Each comparison's level.
  package let number: NumberLevel
  /// How the names agree, former ones with them.
  package let name: PersonNameLevel
  /// How the birth dates agree, those in the numbers with them.
  package let birth: BirthLevel
  /// Whether both are of one sex.
  package let sex: SexLevel
  /// How near the two live.
  package let place: PlaceLevel
  /// How the telephones agree.
  package let phone: PhoneLevel
  /// Whether both name one certificate of another kind.
  package let certificate: CertificateLevel

  /// Compares two rows; the order of the two does not matter.
  init(_ left: PersonFeatures, _ right: PersonFeatures, _ table: HanTable) {
    number = left.hasNumber && right.hasNumber ? NumberLevel(left.number, right.number) : .none
    name = PersonNameLevel(left.name, former: left.formerName, right.name, former: right.formerName, table)
    birth = BirthLevel(left.births, right.births)
    sex = left.sex == 0 || right.sex == 0 ? .none : left.sex == right.sex ? .same : .differ
    place = PlaceLevel(left, right)
    phone = PersonLevels.phone(left.phoneWords, right.phoneWords)
    let (mine, its) = (left.certificate, right.certificate)
    certificate = mine.hash == 0 || mine.type != its.type || its.hash == 0 ? .none : mine.hash == its.hash ? .same : .differ
  }

  private static func phone(_ left: (UInt64, UInt64), _ right: (UInt64, UInt64)) -> PhoneLevel {
    let levels = (level(left.0, right.0), level(left.0, right.1), level(left.1, right.0), level(left.1, right.1))
    let best = min(min(levels.0.rawValue, levels.1.rawValue), min(levels.2.rawValue, levels.3.rawValue))
    return PhoneLevel(rawValue: best) ?? .none
  }

  private static func level(_ one: UInt64, _ other: UInt64) -> PhoneLevel {
    one == 0 || other == 0 ? .none : PhoneLevel(PhoneForm(word: one), PhoneForm(word: other))
  }

  /// Whether a number that both have says that they are one.
  var isCertain: Bool { number == .same || certificate == .same && number != .validDiffer }

  /// The levels, four bits each, in the order of `PersonComparison`.
  var pattern: UInt64 {
    let who = number.rawValue | name.rawValue << 4 | birth.rawValue << 8 | sex.rawValue << 12
    return UInt64(who | place.rawValue << 16 | phone.rawValue << 20 | certificate.rawValue << 24)
  }
}
