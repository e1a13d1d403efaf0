package import ElementCore

/// What the values of a field look like when they are sound, for schemas in other languages: only what is an error here is
/// demanded there, so that nothing is refused that this program accepts.
package struct FieldShape: Sendable {
  /// What other languages call the values.
  package enum Kind: Sendable {
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

  /// What the shape is of, with its name and titles.
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
    let form = field.type.form
    // Violations of fields of low confidence are warnings: their values are kept as they are.
    guard field.isBinding else {
      // But a whole number is kept as one, whoever says so.
      let isInteger = field.type == .integer
      (kind, pattern, maxLength, codes) = (isInteger ? .integer : .text, isInteger ? form.pattern(field) : nil, nil, nil)
      return
    }
    kind = form.kind
    pattern = form.pattern(field)
    maxLength = field.length
    codes = FieldShape.codes(field, pack)
  }

  private static func codes(_ field: Field, _ pack: SchemaPack) -> [CodeEntry]? {
    guard case .code(let set) = field.type, !field.isOpen, field.versions.isEmpty else { return nil }
    let entries = pack.table(set).only(field.values).entries
    guard let first = entries.first, first.confidence <= "B", entries.count <= longest else { return nil }
    return entries
  }
}
