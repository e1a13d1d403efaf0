import ElementCore
import ElementFormats
import ElementSchema

/// What a check of one field needs, made once a run; a reference, because every batch of every worker takes it up.
final class FieldSpec: Sendable {
  /// What is checked.
  enum Kind: Sendable {
    /// A person's name.
    case name
    /// A text.
    case text(TextContent)
    /// A whole number.
    case integer
    /// A number with a fraction.
    case decimal
    /// Yes or no.
    case boolean
    /// A date.
    case date
    /// A date with a time.
    case dateTime
    /// A code of a set.
    case code(CodeTable)
    /// A citizen number.
    case citizenId
    /// A six-digit division.
    case division
    /// A statistical code.
    case statistical(length: Int)
    /// A grid code or a grid's name.
    case grid
    /// A telephone number: a person's, or that of an organisation or a place.
    case phone(isPersonal: Bool)
    /// A certificate number, judged by the type in another field (from 0; -1 for none).
    case certificate(typeField: Int)
    /// An identifier that is checked by itself.
    case identifier(IdentifierKind)
    /// A longitude or a latitude.
    case coordinate(Coordinate.Axis)
  }

  /// What is checked.
  let kind: Kind
  /// The field.
  let field: Field
  /// Which words stand for nothing: in numbers that are no quantity a lone zero too.
  let nothing: NothingPolicy
  /// Its place in the dataset, from 0.
  let index: Int
  /// The column in the file, from 0; nil where it has none.
  let column: Int?
  /// The column that holds the label of the code, from 0; nil where there is none.
  let labelColumn: Int?
  /// Whether the codes of the column are counted one by one, because its list has a look-alike.
  let countsCodes: Bool
  /// The field whose citizen number holds the same birth date, from 0; nil for none.
  let birthDateOf: Int?

  /// Whether a value is one that the field has a meaning for: 无 is a code of some lists, and a flag.
  func knows(_ value: Span<UInt8>) -> Bool {
    switch kind {
    case .code(let table): table.find(value.extracting(CodeFolding.trimmed(value))) != nil
    case .boolean: FieldPolicies.flag(CodeFolding.fold(value, dropsSeparators: false).bytes) != nil
    default: false
    }
  }

  private static func isNumberOfNoQuantity(_ kind: Kind) -> Bool {
    switch kind {
    case .citizenId, .division, .statistical, .grid, .phone, .certificate, .identifier, .date, .dateTime: true
    case .name, .text, .integer, .decimal, .boolean, .code, .coordinate: false
    }
  }

  /// What a check needs.
  init(
    kind: Kind, field: Field, index: Int, column: Int?, labelColumn: Int?, countsCodes: Bool, birthDateOf: Int?
  ) {
    (self.kind, self.field, self.index, self.column) = (kind, field, index, column)
    nothing = field.nothing == .words && FieldSpec.isNumberOfNoQuantity(kind) ? .zero : field.nothing
    (self.labelColumn, self.countsCodes, self.birthDateOf) = (labelColumn, countsCodes, birthDateOf)
  }
}
