import ElementCore
import ElementFormats
import ElementSchema

/// What a check of one field needs, made once a run; a reference, because every batch of every worker takes it up.
final class FieldSpec: Sendable {
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

  /// What a check needs.
  init(
    field: Field, nothing: NothingPolicy, index: Int, column: Int?, labelColumn: Int?, countsCodes: Bool, birthDateOf: Int?
  ) {
    (self.field, self.nothing, self.index, self.column) = (field, nothing, index, column)
    (self.labelColumn, self.countsCodes, self.birthDateOf) = (labelColumn, countsCodes, birthDateOf)
  }
}
