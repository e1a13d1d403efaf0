package import ElementCore
import ElementExpression

/// What the values of a field are.
package enum FieldType: Sendable, Hashable {
  /// A text of some kind.
  case text(TextContent)
  /// A whole number.
  case integer
  /// A number with a fraction.
  case decimal
  /// Yes or no.
  case boolean
  case date
  case dateTime
  case code(set: String)
  /// A citizen identification number (GB 11643).
  case citizenId
  /// A six-digit division (GB/T 2260).
  case divisionCode
  /// A statistical division code.
  case statisticalCode
  /// A grid code of the site's scheme.
  case gridCode
  /// A telephone number.
  case phone
  /// A certificate number, whose type stands in another field.
  case certNumber(typeField: String)
  /// An identifier that is checked by itself.
  case identifier(IdentifierKind)
  /// A longitude or a latitude in a declared reference system.
  case coordinate(Coordinate.Axis, Coordinate.ReferenceSystem)

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
