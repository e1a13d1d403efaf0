package import ElementCore
package import ElementSchema

/// Makes features of the records of one dataset, whose columns have roles in linkage.
package struct PersonReader: Sendable {
  private let linkage: DatasetLinkage
  private let today: CalendarDate
  private let grid: (area: Range<Int>, length: Int)?

  /// Certificates whose number is the citizen number: resident identity card and temporary one (code set `certificateType`).
  private static let citizenCards: Set<[UInt8]> = [Array("111".utf8), Array("112".utf8)]
  /// Permits of Hong Kong and Macao residents: what follows the ninth character counts the issues.
  private static let permits: Set<[UInt8]> = [Array("516".utf8)]
  private static let permitLength = 9
  /// People under this age take no part in what happens without a person.
  private static let minorAge = 14
  private static let communityDigits = 12
  /// A household number of so many characters is unique wherever it was given.
  private static let longNumber = 10

  /// A reader of records of a dataset; ages count on `today`.
  package init(_ linkage: DatasetLinkage, _ scheme: GridCodeScheme, today: CalendarDate) {
    (self.linkage, self.today) = (linkage, today)
    grid = scheme.areaRange.flatMap {
      $0.count >= Self.communityDigits ? ($0.lowerBound..<$0.lowerBound + 12, scheme.length) : nil
    }
  }

  /// The features of a record, whose values are asked for by their fields, from 0; values are in the form in which they are stored.
  package func features(_ value: (Int) -> ArraySlice<UInt8>) -> PersonFeatures {
    var features = PersonFeatures()
    func first(_ role: LinkageRole) -> ArraySlice<UInt8> { linkage.field(role).map(value) ?? [] }
    setNumbers(&features, first)
    setName(&features, first)
    let isMale = features.hasNumber ? features.number.isMale : nil
    features.columnSex = Self.sex(first(.sex))
    features.sex = features.columnSex != 0 ? features.columnSex : isMale.map { $0 ? 1 : 2 } ?? 0
    features.columnBirth = Self.birth(first(.birth))
    let birth = features.hasValidNumber ? features.births.number : features.births.all.first
    features.isMinor = birth.map { $0.years(to: today) < Self.minorAge } ?? false
    features.isDeceased = first(.status).elementsEqual("03".utf8)
    let days = (linkage.roles[.activity] ?? []).compactMap { CalendarDate(iso: Array(value($0)).span) }.filter {
      $0.year >= 1900
    }
    features.activity = days.map { UInt64(($0.year - 1900) * 12 + $0.month) }.max() ?? 0
    setPlaces(&features, first)
    setPhones(&features, value)
    return features
  }

  // MARK: Who

  private func setNumbers(_ features: inout PersonFeatures, _ first: (LinkageRole) -> ArraySlice<UInt8>) {
    let type = Array(first(.certificateType))
    let certificate = first(.certificate)
    let isCard = Self.citizenCards.contains(type)
    let written = first(.number)
    let number = written.isEmpty && isCard ? certificate : written
    if !number.isEmpty { features.number = NumberForm(Array(number).span) }
    guard !isCard, !certificate.isEmpty, !type.isEmpty else { return }
    let kept = Self.permits.contains(type) ? certificate.prefix(Self.permitLength) : certificate
    let code = type.reduce(0) { ($0 * 10 + UInt64($1 & 0xF)) } % 255 + 1
    features.certificate = (code, Self.hash(1, kept))
    let end = CalendarDate(iso: Array(first(.certificateEnd)).span)
    features.isCertificateExpired = end.map { $0 < today } ?? false
  }

  private func setName(_ features: inout PersonFeatures, _ first: (LinkageRole) -> ArraySlice<UInt8>) {
    let name = first(.name)
    if !name.isEmpty {
      features.name = NameForm(name)
    } else if linkage.field(.latinSurname) != nil {
      features.name = NameForm(Array(first(.latinSurname)) + [0x20] + Array(first(.latinGivenName)))
    }
    let former = first(.formerName)
    if !former.isEmpty { features.formerName = NameForm(former).hash }
  }

  /// 1 for a man, 2 for a woman (GB/T 2261.1), 0 for neither.
  private static func sex(_ code: ArraySlice<UInt8>) -> UInt64 {
    code.count == 1 && (code.first == 0x31 || code.first == 0x32) ? UInt64((code.first ?? 0x30) - 0x30) : 0
  }

  /// A date that may be one of birth: the first days of the calendars of machines stand for none.
  private static func birth(_ value: ArraySlice<UInt8>) -> CalendarDate? {
    guard let date = CalendarDate(iso: Array(value).span), (1850...2200).contains(date.year) else { return nil }
    return date.month == 1 && date.day == 1 && (date.year == 1900 || date.year == 1970) ? nil : date
  }

  // MARK: Where

  private func setPlaces(_ features: inout PersonFeatures, _ first: (LinkageRole) -> ArraySlice<UInt8>) {
    features.community = community(first(.grid), division: first(.division))
    let (house, household) = (first(.house), first(.household))
    features.homes = (
      house.isEmpty ? 0 : Self.hash(2, house),
      household.isEmpty ? 0 : self.household(household, first(.householdScope), features.community)
    )
    let householder = first(.householder)
    if !householder.isEmpty {
      let form = NumberForm(Array(householder).span)
      if form.kind != .none {
        features.householder = KeyHash.of(
          4, UInt64(truncatingIfNeeded: form.places), UInt64(truncatingIfNeeded: form.places >> 64))
      }
    }
    let (address, domicile) = (first(.address), first(.domicile))
    if !address.isEmpty { features.address = AddressForm(Array(address).span) }
    if !domicile.isEmpty, !domicile.elementsEqual(address) { features.domicile = AddressForm(Array(domicile).span) }
  }

  /// The hash of a household number where it was given; 0 where nothing says that and others count the same way.
  private func household(_ number: ArraySlice<UInt8>, _ scope: ArraySlice<UInt8>, _ community: UInt64) -> UInt32 {
    if !scope.isEmpty { return KeyHash.of(3, UInt64(Self.hash(5, scope)), UInt64(Self.hash(6, number))) }
    if community % 1_000_000 != 0 { return KeyHash.of(3, community, UInt64(Self.hash(6, number))) }
    return number.count >= Self.longNumber ? Self.hash(6, number) : 0
  }

  /// The twelve digits of the community: of a grid code of the scheme, else the first of another code, else the division's.
  private func community(_ code: ArraySlice<UInt8>, division: ArraySlice<UInt8>) -> UInt64 {
    if let grid, code.count == grid.length, let found = Self.digits(code.dropFirst(grid.area.lowerBound).prefix(12)) {
      return found
    }
    if code.count >= 12, let found = Self.digits(code.prefix(12)) { return found }
    guard division.count >= 6, let found = Self.digits(division.prefix(12)) else { return 0 }
    return division.count >= 12
      ? found : found * UInt64([1_000_000, 100_000, 10_000, 1_000, 100, 10][division.prefix(12).count - 6])
  }

  private static func digits(_ text: ArraySlice<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for byte in text {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + UInt64(byte - 0x30)
    }
    return number
  }

  private func setPhones(_ features: inout PersonFeatures, _ value: (Int) -> ArraySlice<UInt8>) {
    var words: [UInt64] = []
    for field in linkage.roles[.phone] ?? [] where words.count < 2 {
      // Values of several numbers are joined by semicolons.
      for part in value(field).split(separator: 0x3B) {
        if let form = PhoneForm(Array(part).span), !words.contains(form.word), words.count < 2 { words.append(form.word) }
      }
    }
    features.phoneWords = (words.first ?? 0, words.dropFirst().first ?? 0)
  }

  private static func hash(_ kind: UInt64, _ bytes: ArraySlice<UInt8>) -> UInt32 {
    let hash = XXH64.hash(Array(bytes).span, seed: kind)
    return max(1, UInt32(truncatingIfNeeded: hash ^ hash >> 32))
  }
}
