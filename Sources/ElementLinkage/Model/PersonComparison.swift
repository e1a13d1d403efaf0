/// What is compared of two people: in this order levels stand in a pattern.
package enum PersonComparison: Int, Sendable, CaseIterable {
  case number, name, birth, sex, place, phone, certificate

  /// The name in models and lists.
  package var name: String { String(describing: self) }

  /// The names of its levels, by their places; the last says nothing.
  package var levels: [String] {
    switch self {
    case .number: NumberLevel.allCases.map { String(describing: $0) }
    case .name: PersonNameLevel.allCases.map { String(describing: $0) }
    case .birth: BirthLevel.allCases.map { String(describing: $0) }
    case .sex: SexLevel.allCases.map { String(describing: $0) }
    case .place: PlaceLevel.allCases.map { String(describing: $0) }
    case .phone: PhoneLevel.allCases.map { String(describing: $0) }
    case .certificate: CertificateLevel.allCases.map { String(describing: $0) }
    }
  }

  /// Levels that decide by themselves and have no weight in a model.
  package var decisive: Set<String> {
    switch self {
    case .number: ["same", "validDiffer", "none"]
    case .certificate: ["same", "differ", "none"]
    default: ["none"]
    }
  }

  /// The level of a pattern, by its place.
  package func level(in pattern: UInt64) -> Int { Int(pattern >> UInt64(4 * rawValue) & 0xF) }
}

/// Whether two records name one certificate other than the citizen number.
package enum CertificateLevel: Int, Sendable, CaseIterable {
  /// One type and one number.
  case same
  /// One type and two numbers.
  case differ
  /// Other types, or none.
  case none
}
