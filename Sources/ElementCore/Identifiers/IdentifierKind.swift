/// Identifiers that are checked by their own value and the tables of a run.
package enum IdentifierKind: Sendable, Hashable {
  /// A unified social credit code (GB 32100).
  case creditCode
  /// An organisation code (GB 11714).
  case organizationCode
  /// A business registration number (GS 15).
  case registrationNumber
  /// A credit code, or the registration number that it replaced, where the schema says that both may stand.
  case creditOrRegistration
  /// A foreign permanent resident number in the form of 2017.
  case foreignResident
  /// A travel permit or passport.
  case travelDocument(TravelDocument)
  case postcode
  /// A number plate (GA 36).
  case plate
  /// A real-estate unit number (GB/T 37346).
  case realEstateUnit
  /// A house code (JGJ/T 246).
  case houseNumberCode

  /// The name that schemas use.
  package var name: String {
    switch self {
    case .creditCode, .creditOrRegistration: "uscc"
    case .organizationCode: "orgCode"
    case .registrationNumber: "registrationNumber"
    case .foreignResident: "foreignResident"
    case .travelDocument: "travelDocument"
    case .postcode: "postcode"
    case .plate: "plate"
    case .realEstateUnit: "realEstateUnit"
    case .houseNumberCode: "houseNumberCode"
    }
  }

  /// How the symbols are judged.
  package var policy: VerdictPolicy {
    switch self {
    case .creditCode, .creditOrRegistration: CreditCode.policy
    case .organizationCode: OrganizationCode.policy
    case .registrationNumber: RegistrationNumber.policy
    case .foreignResident: ForeignResident.policy
    case .travelDocument(let document): document.policy
    case .postcode: Postcode.policy
    case .plate: Plate.policy
    case .realEstateUnit: RealEstateUnit.policy
    case .houseNumberCode: HouseNumberCode.policy
    }
  }

  /// The symbols of a value that is folded: upper case, without separators but those that the identifier has.
  package func check(_ value: Span<UInt8>, _ tables: ReferenceTables) -> Verdict {
    switch self {
    case .creditCode: CreditCode.check(value, tables)
    case .creditOrRegistration:
      value.count == 15
        ? RegistrationNumber.check(value, tables).union(.registrationRetired) : CreditCode.check(value, tables)
    case .organizationCode: OrganizationCode.check(value)
    case .registrationNumber: RegistrationNumber.check(value, tables)
    case .foreignResident: ForeignResident.check(value, tables)
    case .travelDocument(let document): document.check(value)
    case .postcode: Postcode.check(value)
    case .plate: Plate.check(value)
    case .realEstateUnit: RealEstateUnit.check(value, tables)
    case .houseNumberCode: HouseNumberCode.check(value, tables)
    }
  }

  /// The number of characters that a sound value has, as it is told; empty where there are several.
  package var expected: String {
    switch self {
    case .creditCode: "18"
    case .creditOrRegistration: "18 / 15"
    case .organizationCode: "9"
    case .registrationNumber, .foreignResident: "15"
    case .postcode: "6"
    case .realEstateUnit: "28"
    case .houseNumberCode: "23"
    case .plate, .travelDocument: ""
    }
  }
}
