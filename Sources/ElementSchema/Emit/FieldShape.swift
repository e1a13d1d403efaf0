package import ElementCore

/// What the values of a field look like when they are sound, for schemas in other languages: only what is an error here is
/// demanded there, so that nothing is refused that this program accepts.
package struct FieldShape: Sendable {
  /// What other languages call the values.
  package enum Kind: Sendable {
    /// Text.
    case text
    /// A whole number.
    case integer
    /// A number with a fraction.
    case decimal
    /// 1 or 0.
    case boolean
    /// YYYY-MM-DD.
    case date
    /// YYYY-MM-DD, with HH:MM:SS where the time is known.
    case dateTime
  }

  /// The field.
  package let field: Field
  /// What the values are.
  package let kind: Kind
  /// What a value matches as a whole, in the part of regular expressions that all languages share; nil for anything.
  package let pattern: String?
  /// The most code points; nil for no limit.
  package let maxLength: Int?
  /// The codes that are allowed; nil where the list is open, or too long to stand in a schema.
  package let codes: [CodeEntry]?
  /// The least whole number; nil for none.
  package var minimum: Int? { field.isBinding ? field.minimum : nil }
  /// The greatest whole number; nil for none.
  package var maximum: Int? { field.isBinding ? field.maximum : nil }
  /// Whether every record must have a value.
  package let isRequired: Bool

  private static let longest = 300

  /// The shape of a field of a dataset, with the code sets of its pack.
  package init(_ field: Field, of dataset: Dataset, in pack: SchemaPack) {
    self.field = field
    isRequired =
      field.duty == .required
      || (field.duty == .key && !(dataset.interim != nil && dataset.key.first.map { dataset.fields[$0] } == field))
    // Violations of fields of low confidence are warnings: their values are kept as they are.
    guard field.isBinding else {
      // But a whole number is kept as one, whoever says so.
      let isInteger = field.type == .integer
      (kind, pattern, maxLength, codes) = (isInteger ? .integer : .text, isInteger ? FieldShape.pattern(field) : nil, nil, nil)
      return
    }
    kind = FieldShape.kind(field.type)
    pattern = FieldShape.pattern(field)
    maxLength = field.length
    codes = FieldShape.codes(field, pack)
  }

  private static func kind(_ type: FieldType) -> Kind {
    switch type {
    case .integer: .integer
    case .decimal, .coordinate: .decimal
    case .boolean: .boolean
    case .date: .date
    case .dateTime: .dateTime
    default: .text
    }
  }

  private static func pattern(_ field: Field) -> String? {
    switch field.type {
    case .integer: "-?[0-9]+"
    case .decimal, .coordinate: "-?[0-9]+(\\.[0-9]+)?"
    case .boolean: "[01]"
    case .date: "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    case .dateTime: "[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?"
    case .citizenId: "[0-9]{15}|[0-9]{17}[0-9X]"
    case .divisionCode: "[0-9]{6}"
    case .statisticalCode: "[0-9]{\(field.digits ?? 12)}"
    case .identifier(.creditCode): "[0-9A-HJ-NPQRTUWXY]{18}"
    case .identifier(.creditOrRegistration): "[0-9A-HJ-NPQRTUWXY]{18}|[0-9]{15}|[0-9]{13}"
    case .identifier(.postcode): "[0-9]{6}"
    default: nil
    }
  }

  private static func codes(_ field: Field, _ pack: SchemaPack) -> [CodeEntry]? {
    guard case .code(let set) = field.type, !field.isOpen, field.versions.isEmpty else { return nil }
    let entries = pack.table(set).only(field.values).entries
    guard let first = entries.first, first.confidence <= "B", entries.count <= longest else { return nil }
    return entries
  }

  /// The type as the tables of the standard write it, such as `c18`, `c..50`, `n..6`, `n8,2` and `d8`.
  package static func notation(_ field: Field, _ pack: SchemaPack) -> String {
    switch field.type {
    case .integer: "n" + (field.digits.map { "..\($0)" } ?? "")
    case .decimal: "n\(field.digits ?? 10),\(field.scale ?? 2)"
    case .coordinate: "n11,8"
    case .boolean: "n1"
    case .date: "d8"
    case .dateTime: "d14"
    case .citizenId: "c18"
    case .divisionCode: "c6"
    case .statisticalCode: "c\(field.digits ?? 12)"
    case .identifier(.creditCode), .identifier(.creditOrRegistration): "c18"
    case .identifier(.postcode): "c6"
    case .code(let set):
      pack.table(field.versions.first ?? set).entries.map { $0.code.utf8.count }.max().map { "c\($0)" }
        ?? field.digits.map { "c\($0)" } ?? "c"
    default: field.length.map { "c..\($0)" } ?? "c"
    }
  }
}
