package import ElementCore

extension FieldType {
  /// What schemas know of the type.
  var form: any TypeForm {
    switch self {
    case .text(let content): TextType(content: content)
    case .integer: IntegerType()
    case .decimal: DecimalType()
    case .boolean: BooleanType()
    case .date: DateType()
    case .dateTime: DateTimeType()
    case .code(let set): CodeType(set: set)
    case .citizenId: CitizenNumberType()
    case .divisionCode: DivisionType()
    case .statisticalCode: StatisticalType()
    case .gridCode: GridType()
    case .phone: PhoneType()
    case .certNumber: CertificateType()
    case .identifier(let kind): IdentifierType(identifier: kind)
    case .coordinate(_, let system): CoordinateType(system: system)
    }
  }

  /// All types, in the order in which they are named to people.
  static let forms: [any TypeForm.Type] = [
    TextType.self, IntegerType.self, DecimalType.self, BooleanType.self, DateType.self, DateTimeType.self, CodeType.self,
    CitizenNumberType.self, DivisionType.self, StatisticalType.self, GridType.self, PhoneType.self, CertificateType.self,
    IdentifierType.self, CoordinateType.self,
  ]

  /// The name that schemas use.
  package var name: String {
    if case .identifier(let kind) = self { return kind.name }
    return Swift.type(of: form).names[0]
  }

  /// Whether values are dates, with or without a time.
  package var isDate: Bool { self == .date || self == .dateTime }

  /// Whether values are codes, of which no digit may be lost.
  package var isCode: Bool { form.isCode }

  /// What masking takes the values for.
  package var maskKind: MaskKind { form.mask }
}
