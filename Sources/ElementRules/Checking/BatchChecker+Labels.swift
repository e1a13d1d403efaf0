import ElementCore
import ElementSchema

extension BatchChecker {
  /// Takes the label beside a code where the code is empty.
  mutating func readLabels(_ spec: FieldSpec, _ column: Int) {
    for record in 0..<notes.out.count where notes.out.source.spots[record].flags.isEmpty {
      let place = record * notes.out.fieldCount + spec.index
      if notes.out.values[place].isEmpty { notes.out.values[place] = notes.out.source.range(record, column) }
    }
  }

  /// How often each code of one or two digits stands in a column as it is written.
  func countCodes(_ spec: FieldSpec, _ input: Span<UInt8>) -> [Int] {
    var counts = [Int](repeating: 0, count: 100)
    for record in 0..<notes.out.count {
      let value = input.extracting(notes.out.values[record * notes.out.fieldCount + spec.index].indices)
      if !value.isEmpty, value.count <= 2, value.isDigits { counts[value.number(0..<value.count)] += 1 }
    }
    return counts
  }

  /// Compares codes with the labels that stand beside them.
  mutating func checkLabels(_ spec: FieldSpec) {
    guard let table = (plan.checks[spec.index] as? CodeCheck)?.table, let column = spec.labelColumn, spec.column != nil else {
      return
    }
    for record in 0..<notes.out.count where notes.out.source.spots[record].flags.isEmpty {
      guard !notes.unsound[record * notes.out.fieldCount + spec.index], let label = otherLabel(record, spec, table, column)
      else {
        continue
      }
      if spec.field.isBinding { notes.markUnsound(record, spec.index, unlessWaived: LabelDisagrees.descriptor.code) }
      notes.add(
        LabelDisagrees.descriptor.code, spec.field.isBinding ? .error : .warning, record, field: spec.index,
        value: notes.text(record, spec.index), expected: spec.field.mask(label))
    }
  }

  /// The label in a column, where it means another code than the one beside it; nil where they agree or the label means none.
  private func otherLabel(_ record: Int, _ spec: FieldSpec, _ table: CodeTable, _ column: Int) -> String? {
    let bytes = notes.out.source.bytes.span
    let code = bytes.extracting(notes.out.values[record * notes.out.fieldCount + spec.index].indices)
    let raw = bytes.extracting(notes.out.source.range(record, column).indices)
    let label = raw.extracting(CodeFolding.trimmed(raw))
    guard !code.isEmpty, !label.isEmpty, let meant = table.find(label) else { return nil }
    return code.equals(table.code(meant.row).span) ? nil : String(escapingInvalid: label)
  }
}
