package import ElementCore

/// What the values of a field look like when they are sound, for schemas in other languages: only what is an error here is
/// demanded there, so that nothing is refused that this program accepts.
package struct FieldShape: Sendable {
  /// What the shape is of, with its name and titles.
  package let field: Field
  /// What the values are.
  package let kind: ValueKind
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
      (kind, maxLength, codes) = (isInteger ? .integer : .text, nil, nil)
      pattern = isInteger ? form.pattern(digits: field.digits) : nil
      return
    }
    kind = form.kind
    pattern = form.pattern(digits: field.digits)
    maxLength = field.length
    codes = FieldShape.codes(field, pack)
  }

  private static func codes(_ field: Field, _ pack: SchemaPack) -> [CodeEntry]? {
    guard case .code(let set) = field.type, !field.isOpen, field.versions.isEmpty else { return nil }
    let entries = pack.table(set).only(field.values).entries
    guard let first = entries.first, first.confidence <= "B", entries.count <= longest else { return nil }
    return entries
  }

  /// The type as the tables of the standard write it, such as `c18`, `c..50`, `n..6`, `n8,2` and `d8`.
  static func notation(_ field: Field, _ pack: SchemaPack) -> String {
    var longest: Int?
    if case .code(let set) = field.type {
      longest = pack.table(field.versions.first ?? set).entries.map { $0.code.utf8.count }.max()
    }
    return field.type.form.notation(
      FieldSize(length: field.length, digits: field.digits, scale: field.scale, longestCode: longest))
  }
}
