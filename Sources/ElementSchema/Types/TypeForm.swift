import ElementCore
import ElementExpression

/// What schemas know of a type of field, one file a type: how it is read, the attributes it honours, and what its values look
/// like when they are sound. How values are checked stands in the file of the same type in `ElementRules/Types`.
protocol TypeForm: Sendable {
  /// The names that schemas use for the type: several, where types differ in nothing but what their values are checked by.
  static var names: [String] { get }
  /// The attributes that fields of the type may have, beside those that every field may have.
  static var attributes: [String] { get }
  /// The type of a field that a node describes under one of the names; `setNames` are the code sets there are.
  static func read(_ name: String, _ node: YAMLNode, _ setNames: Set<String>) throws(SchemaError) -> FieldType

  /// What other languages call the values.
  var kind: ValueKind { get }
  /// What masking takes the values for.
  var mask: MaskKind { get }
  /// Whether values are codes, of which no digit may be lost.
  var isCode: Bool { get }
  /// What the values are in expressions.
  var expression: ExpressionType { get }
  /// What a sound value matches as a whole, in the part of regular expressions that all languages share; nil for anything.
  func pattern(digits: Int?) -> String?
  /// The type as the tables of the standard write it, such as `c18`.
  func notation(_ size: FieldSize) -> String
  /// What is checked, in a few words; nil for plain texts and numbers. Times are those of a zone.
  func note(timeZone: String) -> LocalizedText?
}

extension TypeForm {
  static var attributes: [String] { [] }
  var kind: ValueKind { .text }
  var mask: MaskKind { .other }
  var isCode: Bool { false }
  var expression: ExpressionType { .text }
  func pattern(digits: Int?) -> String? { nil }
  func notation(_ size: FieldSize) -> String { "c" }
  func note(timeZone: String) -> LocalizedText? { nil }
}
