package import ElementCore

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
}
